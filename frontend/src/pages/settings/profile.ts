// The office profile as a form: what stands in letters, and who may be appealed to.
import type { Profile } from '@/backend/shapes'

type TextKey = Exclude<keyof Profile, 'refusal_free'>

export interface ProfileField {
  key: TextKey
  label: string
  hint?: string
  kind?: 'capacity' | 'sector' | 'system' | 'date' | 'wide'
  /** Only for issuers without administrative power (own appeal) or with it (review, court). */
  only?: 'own' | 'public'
}

export interface ProfileGroup {
  title: string
  why: string
  fields: ProfileField[]
}

export const profileGroups: ProfileGroup[] = [
  {
    title: '单位',
    why: '写进登记表、通知书和信封。',
    fields: [
      { key: 'office_name', label: '单位名称' },
      { key: 'office_code', label: '单位代码', hint: '写进统一编号，案件登记后不宜再改' },
      { key: 'sector', label: '行业', kind: 'sector', hint: '决定登记时提供哪些办法；不填则全部提供' },
      { key: 'department', label: '承办机构', hint: '例如 投诉处理科' },
      { key: 'phone', label: '联系电话' },
      { key: 'address', label: '地址', kind: 'wide' },
      { key: 'hours', label: '办公时间', hint: '例如 工作日 9:00–12:00，13:30–17:00', kind: 'wide' },
    ],
  },
  {
    title: '落款与职权',
    why: '决定书以谁的名义作出、依据什么作出。',
    fields: [
      { key: 'issuer', label: '落款机关', hint: '全称；派出机构以本部门名义的，填所属部门' },
      { key: 'area', label: '行政区划代码', hint: '六位；被投诉人不在本行政区域的，登记时提示管辖' },
      { key: 'code_word', label: '机关代字', hint: '文号开头，例如 云市监' },
      { key: 'capacity', label: '主体资格', kind: 'capacity' },
      { key: 'system', label: '管理体制', kind: 'system', hint: '决定复议机关是本级政府还是上一级部门' },
      { key: 'authority_basis', label: '职权依据', hint: '决定书引用的法律、法规、规章条款', kind: 'wide' },
    ],
  },
  {
    title: '救济途径',
    why: '印在决定书末尾，名称和期限写错会使决定被撤销。经法制审核后填写审核人和日期。',
    fields: [
      { key: 'review_body', label: '复议机关', only: 'public', hint: '全称；多为本级人民政府' },
      { key: 'court', label: '诉讼法院', only: 'public', hint: '全称' },
      { key: 'review_address', label: '复议机关地址', only: 'public' },
      { key: 'review_online', label: '网上申请复议的途径', only: 'public', hint: '邮寄、平台送达时必须写明' },
      { key: 'appeal', label: '异议受理部门', only: 'own' },
      { key: 'appeal_days', label: '提出异议的期限（日）', only: 'own' },
      { key: 'confirmed_by', label: '法制审核人' },
      { key: 'confirmed_on', label: '审核日期', kind: 'date' },
    ],
  },
]

/** A body without administrative power tells of its own appeal, the others of review and court. */
export function fits(field: ProfileField, capacity: string): boolean {
  if (!field.only || capacity === '') return true
  const own = capacity === 'institution' || capacity === 'enterprise'
  return own === (field.only === 'own')
}

/** lacks marks a field that Go named as missing by its label. */
export function lacks(field: ProfileField, missing: string[]): boolean {
  const word = field.label.replace('诉讼法院', '法院')
  return missing.some((m) => m.includes(word))
}

/** changed are the labels of what differs from what is kept, for the button. */
export function changedCount(now: Profile, kept: Profile): number {
  return (Object.keys(kept) as (keyof Profile)[]).filter((k) => now[k] !== kept[k]).length
}

export const roles = [
  { id: 'handler', label: '承办人', why: '登记、办理案件' },
  { id: 'approver', label: '负责人', why: '审批延期、不予受理和决定' },
  { id: 'receiver', label: '受理员', why: '收件、登记' },
  { id: 'archivist', label: '档案员', why: '归档、保管' },
  { id: 'identity', label: '保密权限', why: '可看受保护的举报人身份' },
  { id: 'auditor', label: '检查', why: '可看全部，不能改' },
  { id: 'admin', label: '管理员', why: '人员、单位资料、接纳网点' },
]

export const roleWords = (ids: string[]): string =>
  ids.map((id) => roles.find((r) => r.id === id)?.label ?? id).join('、')
