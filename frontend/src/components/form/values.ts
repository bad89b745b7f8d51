// What a form holds: where it starts, whether it may be sent, what is sent.
import type { FieldRow } from '@/backend/shapes'
import { holds, isEmpty, type Values } from './guards'

export const isShown = (field: FieldRow, values: Values): boolean => holds(field.when, values)

/** now: what a rulebook's "now" becomes; empty where the machine's clock is not to be trusted. */
export function startValues(fields: readonly FieldRow[], now = ''): Values {
  const values: Values = {}
  for (const field of fields) {
    const timed = field.type === 'date' || field.type === 'datetime'
    if (timed && field.value === 'now') values[field.id] = field.type === 'date' ? now.slice(0, 10) : now
    else if (field.value !== undefined && field.value !== null) values[field.id] = field.value
    else if (field.type === 'group') values[field.id] = []
    else if (field.type === 'choice' && field.options.length === 1 && field.required === 'always')
      values[field.id] = field.options[0]?.id
  }
  return values
}

/** Errors by field id; groups use "group.0.field". Empty: may be sent. Go checks again and knows more. */
export function check(fields: readonly FieldRow[], values: Values, prefix = ''): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const field of fields) {
    if (!isShown(field, values)) continue
    const value = values[field.id]
    const id = prefix + field.id
    if (isEmpty(value)) {
      if (field.required !== 'never' && field.required !== '')
        errors[id] =
          `${['choice', 'multichoice', 'bool'].includes(field.type) ? '未选择' : '未填写'}${field.label}`
      continue
    }
    const wrong = checkOne(field, value)
    if (wrong) errors[id] = wrong
    if (field.type === 'group' && Array.isArray(value)) {
      value.forEach((row: Values, i) => Object.assign(errors, check(field.item ?? [], row, `${id}.${i}.`)))
    }
  }
  return errors
}

function checkOne(field: FieldRow, value: unknown): string {
  if (field.type === 'money' && !/^\d{1,12}(\.\d{1,2})?$/.test(String(value)))
    return `${field.label}应是金额，最多两位小数`
  const size = typeof value === 'number' ? value : field.type === 'money' ? Number(value) : NaN
  if (!Number.isNaN(size)) {
    if (field.min !== undefined && size < field.min) return `${field.label}不能小于${field.min}`
    if (field.max !== undefined && size > field.max) return `${field.label}不能大于${field.max}`
  }
  if ((field.type === 'text' || field.type === 'longtext') && typeof value === 'string') {
    const length = [...value].length
    if (field.min !== undefined && length < field.min) return `${field.label}至少${field.min}字`
    if (field.max !== undefined && length > field.max)
      return `${field.label}最多${field.max}字，现有${length}字`
  }
  return ''
}

/** What is sent: only fields that are shown and hold something. */
export function toSend(fields: readonly FieldRow[], values: Values): Values {
  const sent: Values = {}
  for (const field of fields) {
    const value = values[field.id]
    if (!isShown(field, values) || isEmpty(value)) continue
    sent[field.id] =
      field.type === 'group' && Array.isArray(value)
        ? value.map((row: Values) => toSend(field.item ?? [], row))
        : typeof value === 'string'
          ? value.trim()
          : value
  }
  return sent
}

/** refusedPath is where a form shows what Go refused: a rulebook's own fields lie under "fields", and of a
 * party it is the name that is missing. */
export function refusedPath(field: string, own: readonly FieldRow[]): string {
  if (own.some((f) => f.id === field)) return `fields.${field}`
  return field === 'complainant' || field === 'respondent' ? `${field}.name` : field
}

/** Now in China, whatever zone the machine is set to: "2026-11-24T10:30:00+08:00". */
export function nowInChina(now: Date): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(now)
  return `${parts.replace(' ', 'T')}:00+08:00`
}

/** RFC 3339 with the offset of China ↔ "2026-11-24 10:30". Texts only: the machine's zone plays no part. */
export const toPicker = (value: unknown): string | null =>
  typeof value === 'string' && value.length >= 16 ? value.slice(0, 16).replace('T', ' ') : null
export const fromPicker = (value: string | null): string | undefined =>
  value ? `${value.slice(0, 16).replace(' ', 'T')}:00+08:00` : undefined
