// The keys of all screens for the settings. The sheet behind "?" shows what is valid at the moment;
// this one is for reading.
import { screens } from '@/layout/screens'

export const keySheet: { group: string; keys: [string, string][] }[] = [
  { group: '去', keys: screens.map((s): [string, string] => [s.keys, s.label]) },
  {
    group: '处处可用',
    keys: [
      ['Ctrl+K', '搜索或输入命令'],
      ['Ctrl+Z', '撤销上一步'],
      ['?', '现在有效的快捷键'],
      ['F5', '刷新'],
      ['Esc', '关闭、返回'],
    ],
  },
  {
    group: '列表',
    keys: [
      ['J', '下一行，同 ↓'],
      ['K', '上一行，同 ↑'],
      ['Enter', '打开'],
      ['X', '选中'],
      ['Shift+↓', '向下连选'],
      ['Ctrl+A', '全选'],
    ],
  },
  {
    group: '案件',
    keys: [
      ['A', '受理'],
      ['R', '不予受理'],
      ['T', '转办'],
      ['D', '处理决定'],
      ['L', '文书'],
      ['C', '备注'],
      ['F2', '编辑'],
    ],
  },
  {
    group: '邮件导入',
    keys: [
      ['Enter', '登记'],
      ['Ctrl+Enter', '在表单中登记'],
      ['E', '非投诉'],
      ['M', '并入已有案件'],
      ['F5', '收取邮件'],
    ],
  },
  {
    group: '文书',
    keys: [
      ['Ctrl+P', '打印；未签发的先签发'],
      ['Ctrl+S', '另存为'],
      ['Ctrl++', '放大'],
      ['Ctrl+-', '缩小'],
      ['Ctrl+0', '整宽'],
    ],
  },
  {
    group: '冲突',
    keys: [
      ['←', '采用左边'],
      ['→', '采用右边'],
      ['Ctrl+Enter', '完成'],
    ],
  },
]
