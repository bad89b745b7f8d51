// The form beside a message: which facts it asks, how they lie in a RegisterInput, what is missing.
import type { FieldRow, RegimeForm, RegisterInput, Suggested } from '@/backend/shapes'
import type { Values } from '@/components/form/guards'
import { check } from '@/components/form/values'

export interface MailField {
  path: string
  label: string
  kind: 'text' | 'longtext' | 'regime' | 'matter' | 'category' | 'datetime'
  required?: boolean
  half?: boolean
}

export const mailFields: MailField[] = [
  { path: 'regime', label: '办法', kind: 'regime', required: true },
  { path: 'matter', label: '事项类型', kind: 'matter', required: true, half: true },
  { path: 'category', label: '类别', kind: 'category', half: true },
  { path: 'received_at', label: '收到时间', kind: 'datetime', required: true },
  { path: 'complainant.name', label: '投诉人', kind: 'text', required: true, half: true },
  { path: 'complainant.phone', label: '电话', kind: 'text', half: true },
  { path: 'complainant.id_number', label: '身份证号', kind: 'text', half: true },
  { path: 'complainant.email', label: '电子邮箱', kind: 'text', half: true },
  { path: 'complainant.address', label: '投诉人地址', kind: 'text' },
  { path: 'respondent.name', label: '被投诉人', kind: 'text', required: true },
  { path: 'respondent.address', label: '被投诉人地址', kind: 'text' },
  { path: 'respondent.phone', label: '被投诉人电话', kind: 'text' },
  { path: 'request', label: '诉求', kind: 'longtext', required: true },
  { path: 'facts', label: '事实与理由', kind: 'longtext', required: true },
]

/** getPath reads "complainant.name" of a form; a missing part is the empty text. */
export function getPath(input: RegisterInput, path: string): string {
  let at: unknown = input
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return ''
    at = (at as Record<string, unknown>)[part]
  }
  return typeof at === 'string' ? at : ''
}

/** setPath gives a copy with one value changed. */
export function setPath(input: RegisterInput, path: string, value: string): RegisterInput {
  const [head, tail] = path.split('.') as [keyof RegisterInput, string | undefined]
  if (tail === undefined) return { ...input, [head]: value }
  const part = (input[head] ?? {}) as Record<string, unknown>
  return { ...input, [head]: { ...part, [tail]: value } }
}

/** One thing registration waits for: the field, and what is wrong with it. */
export interface Lack {
  path: string
  label: string
  words: string
}

/** missingOf names what registration waits for: the standard fields, then those of the rulebook (own). */
export function missingOf(input: RegisterInput, own: readonly FieldRow[] = [], values: Values = {}): Lack[] {
  const standard = mailFields
    .filter((f) => f.required && getPath(input, f.path).trim() === '')
    .map((f) => ({ path: f.path, label: f.label, words: `缺${f.label}` }))
  const wrong = Object.entries(check(own, values)).map(([id, words]) => ({
    path: `fields.${id}`,
    label: own.find((f) => f.id === id.split('.')[0])?.label ?? words,
    words,
  }))
  return [...standard, ...wrong]
}

export type Word = '确定' | '可能' | '缺' | '已改' | ''

/** wordOf is the confidence word beside a field: the suggestion's own until the officer changes it. What
 * the desk itself fills in (the rulebook, the time) is no guess and bears no word. */
export function wordOf(
  field: MailField,
  value: string,
  suggested: Suggested | undefined,
  filled: string,
): Word {
  if (value.trim() === '') return field.required ? '缺' : ''
  if (value !== filled) return '已改'
  if (!suggested || suggested.value === '') return ''
  return suggested.word === '确定' ? '确定' : '可能'
}

/** The channels a mail can have come by, the closest first. */
const mailChannels = ['email', 'online', 'letter', 'written']

/** fitting keeps of a form what another rulebook knows too; the rest becomes that rulebook's own. */
export function fitting(input: RegisterInput, form: RegimeForm): RegisterInput {
  const has = (rows: { id: string }[], id: string) => rows.some((x) => x.id === id)
  const channel = mailChannels.find((id) => has(form.channels, id)) ?? form.channels[0]?.id ?? ''
  return {
    ...input,
    matter: has(form.matters, input.matter) ? input.matter : (form.matters[0]?.id ?? ''),
    channel: has(form.channels, input.channel) ? input.channel : channel,
    category: has(form.categories, input.category) ? input.category : '',
  }
}

/** Trims every text, so that a stray blank at an end makes no second person. */
export function tidy(input: RegisterInput): RegisterInput {
  return mailFields.reduce((out, f) => {
    const value = getPath(out, f.path)
    return value === value.trim() ? out : setPath(out, f.path, value.trim())
  }, input)
}
