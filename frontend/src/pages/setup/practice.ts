// Five tasks with sample data; each is one visit to one screen.
export interface PracticeTask {
  id: string
  title: string
  how: string
  to: string
}

export const practiceTasks: PracticeTask[] = [
  { id: 'mail', title: '从示例邮件登记一件投诉', how: '选中一封，核对右侧各项，按 Enter 登记', to: '/mail' },
  { id: 'accept', title: '作出受理决定', how: '在工作台选中一件，按 A', to: '/work' },
  { id: 'deadline', title: '看一个期限是怎么算出来的', how: '在案件里点期限牌', to: '/cases' },
  { id: 'letter', title: '签发受理通知书', how: '选一份齐全的文书，签发并取文号', to: '/letters' },
  { id: 'register', title: '登记一件来电投诉', how: '按 N，填完按 Ctrl+Enter', to: '/register' },
]
