// The screens of the desk in the order of the left navigation.
import { Files, Inbox, ListTodo, PencilLine, Printer, RefreshCw, Settings, UserRound } from '@lucide/vue'
import type { Component } from 'vue'
import { terms } from '@/terms'

export interface Screen {
  path: string
  label: string
  /** As two keys, or one letter. */
  keys: string
  icon: Component
  /** Pinyin and initials for the palette. */
  words: string
  /** Stands apart at the foot of the navigation. */
  foot?: boolean
}

export const screens: Screen[] = [
  { path: '/work', label: terms.workList, keys: 'G W', icon: ListTodo, words: 'gongzuotai gzt daiban 待办' },
  { path: '/cases', label: terms.cases, keys: 'G C', icon: Files, words: 'anjian aj liebiao' },
  {
    path: '/persons',
    label: terms.persons,
    keys: 'G P',
    icon: UserRound,
    words: 'renyuan ry kapian 卡片 投诉人',
  },
  { path: '/register', label: terms.register, keys: 'N', icon: PencilLine, words: 'dengji dj xinjian 新建' },
  { path: '/mail', label: terms.mail, keys: 'G M', icon: Inbox, words: 'youjian yj daoru 邮箱' },
  { path: '/letters', label: terms.letters, keys: 'G L', icon: Printer, words: 'wenshu ws dayin 打印' },
  {
    path: '/share',
    label: terms.share,
    keys: 'G Y',
    icon: RefreshCw,
    words: 'tongbu tb chongtu 冲突',
    foot: true,
  },
  {
    path: '/settings',
    label: terms.settings,
    keys: 'G S',
    icon: Settings,
    words: 'shezhi sz banfa 办法',
    foot: true,
  },
]
