// The three steps of the first run: what each asks and when it is in order.
import { minPassword } from './password'

export interface SetupForm {
  officeCode: string
  officeName: string
  officer: string
  password: string
  again: string
  issuer: string
  capacity: string
  sector: string
  codeWord: string
  reviewBody: string
  court: string
  regime: string
}

export type SetupField = keyof SetupForm
export type Problems = Partial<Record<SetupField, string>>

export const stepTitles = ['单位与姓名', '选择办法', '共享文件夹与邮箱'] as const

export function emptyForm(): SetupForm {
  return {
    officeCode: '',
    officeName: '',
    officer: '',
    password: '',
    again: '',
    issuer: '',
    capacity: '',
    sector: '',
    codeWord: '',
    reviewBody: '',
    court: '',
    regime: '',
  }
}

/** problemsOf says what keeps a step from being left; an empty answer lets it go. */
export function problemsOf(step: number, form: SetupForm): Problems {
  if (step === 0) return officeProblems(form)
  if (step === 1 && !form.regime) return { regime: '请选择一部办法；以后可以再加' }
  return {}
}

function officeProblems(form: SetupForm): Problems {
  const found: Problems = {}
  if (!/^[A-Z0-9]{1,8}$/.test(form.officeCode.toUpperCase())) {
    found.officeCode = '1 至 8 个字母或数字，例如 YJ01'
  }
  if (!form.officeName.trim()) found.officeName = '请填写单位名称'
  if (!form.officer.trim()) found.officer = '请填写本人姓名'
  if ([...form.password].length < minPassword) found.password = `密码至少 ${minPassword} 个字符`
  if (form.again !== form.password) found.again = '两次输入不一致'
  if (namesSuperior(form.reviewBody)) {
    found.reviewBody = '“上级主管部门”不是复议机关名称，请填写全称，例如某某县人民政府'
  }
  return found
}

/** Since 2024 the review body of most offices is the government of the same level (复议法 24). */
export function namesSuperior(body: string): boolean {
  return /上一?级(主管|行政)?(部门|机关)/.test(body)
}

/** laterFields are the facts no decision issues without but which may wait. */
export const laterFields: { field: SetupField; label: string; why: string }[] = [
  { field: 'issuer', label: '落款机关', why: '决定书落款的全称，不一定是本单位' },
  { field: 'capacity', label: '主体资格', why: '决定能否写行政复议和诉讼' },
  { field: 'codeWord', label: '机关代字', why: '文号开头的字，例如“云市监”' },
  { field: 'reviewBody', label: '复议机关', why: '多为本级人民政府，不是上级主管部门' },
  { field: 'court', label: '诉讼法院', why: '一般为机关所在地基层人民法院，填全称' },
]

export function unfilled(form: SetupForm): string[] {
  return laterFields.filter((f) => !form[f.field].trim()).map((f) => f.label)
}

/** orderRegimes puts the rulebooks of the sixteen systems first, then by title. */
export function orderRegimes<T extends { system: string; title: string; effective_to: string }>(
  rows: T[],
  today: string,
): T[] {
  const rank = (r: T) => (r.effective_to && r.effective_to < today ? 2 : r.system ? 0 : 1)
  const number = (r: T) => Number(r.system.replace(/\D/g, '')) || 99
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || number(a) - number(b) || a.title.localeCompare(b.title, 'zh-CN'),
  )
}
