// Every word of the trade that more than one screen uses. Rules for words on the screen:
//  - the words of the statutes and of the office: 登记 受理 不予受理 补正 转办 签收 送达 办结 台账; never
//    工单, 用户, 提交, 确定;
//  - a button says what will be so afterwards (签发并取文号), an error says what happened and what to do;
//  - limits are counted as the rule counts them (个工作日 or 日), and 期限 is the date, 时限 the rule;
//  - no 请 on buttons, no exclamation marks, no 您;
//  - a regime's own labels come from Go and are never repeated here.

export const terms = {
  desk: '接诉',
  workList: '工作台',
  cases: '案件',
  register: '登记',
  mail: '邮件导入',
  letters: '文书',
  persons: '人员',
  share: '同步状态',
  settings: '设置',

  number: '统一编号',
  complainant: '投诉人',
  respondent: '被投诉人',
  channel: '渠道',
  regime: '办法',
  matter: '事项类型',
  category: '类别',
  request: '诉求',
  facts: '事实与理由',
  receivedAt: '收到时间',
  assignee: '承办人',
  office: '网点',
  stage: '状态',
  next: '下一步',
  deadline: '期限',
  materials: '材料',
  timeline: '时间线',
  links: '关联',
  draft: '草稿',
} as const

export type Light = 'red' | 'yellow' | 'green' | 'grey'

/** A light in words; the colour never stands alone. */
export const lightWords: Record<Light, string> = {
  red: '超期',
  yellow: '临近',
  green: '正常',
  grey: '暂停或未设',
}

export const asLight = (value: string): Light =>
  value === 'red' || value === 'yellow' || value === 'green' ? value : 'grey'

export const clockStates: Record<string, string> = {
  waiting: '未开始',
  running: '计时中',
  paused: '已中止计时',
  stopped: '已完成',
  overdue: '已超期',
  unset: '未设定',
}

/** The filter chips of the timeline. */
export const historyKinds = [
  { id: '', label: '全部' },
  { id: 'work', label: '办理' },
  { id: 'letter', label: '文书' },
  { id: 'contact', label: '沟通' },
  { id: 'limit', label: '期限' },
] as const

/** One part of a person or of an organisation, as forms ask for it; a text unless it says otherwise. */
export interface Part {
  id: string
  label: string
  type?: string
  options?: { id: string; label: string }[]
  help?: string
}

export const personFields: Part[] = [
  { id: 'name', label: '姓名' },
  { id: 'phone', label: '电话' },
  { id: 'id_number', label: '身份证号' },
  { id: 'address', label: '地址' },
  { id: 'email', label: '电子邮箱' },
]

/** What an agent's power of attorney says, and what was seen of it. */
export const agentFields: Part[] = [
  {
    id: 'scope',
    label: '代理权限',
    type: 'choice',
    options: [
      { id: 'general', label: '一般' },
      { id: 'special', label: '特别' },
    ],
    help: '撤回、和解须特别授权',
  },
  { id: 'until', label: '代理期限至', type: 'date' },
  { id: 'matters', label: '代理事项' },
  { id: 'original_seen', label: '已核授权委托书原件', type: 'bool' },
  { id: 'id_seen', label: '已核身份证件', type: 'bool' },
]

export const guardianFields: Part[] = [
  { id: 'relation', label: '与投诉人的关系' },
  { id: 'relation_proof', label: '关系证明' },
]

export const unitFields: Part[] = [
  { id: 'name', label: '名称' },
  { id: 'phone', label: '电话' },
  { id: 'head', label: '负责人' },
  { id: 'address', label: '地址' },
  { id: 'code', label: '统一社会信用代码' },
  { id: 'area', label: '行政区划代码' },
]
