// The queue of letters: what could go out now, what still lacks something, what went out.
import type { LetterQueueRow } from '@/backend/shapes'

export interface QueueItem {
  key: string
  number: string
  kind: string
  label: string
  complainant: string
  respondent: string
  due: string
  dueText: string
  light: string
  missing: number
  issued: string
}

export const itemsOf = (rows: LetterQueueRow[]): QueueItem[] =>
  rows.map((r) => ({
    key: `${r.number} ${r.letter || r.kind}`,
    number: r.number,
    kind: r.kind,
    label: r.label,
    complainant: r.complainant,
    respondent: r.respondent,
    due: r.due,
    dueText: r.due_text,
    light: r.light,
    missing: r.complete ? 0 : Math.max(1, r.missing),
    issued: r.issued,
  }))

export type QueueTab = 'open' | 'issued'

/** waiting puts what is complete first, then goes by due date; no due date comes last. */
export function waiting(items: QueueItem[]): QueueItem[] {
  const due = (i: QueueItem) => i.due || '9999'
  return [...items].sort(
    (a, b) =>
      Number(a.missing > 0) - Number(b.missing > 0) ||
      due(a).localeCompare(due(b)) ||
      a.key.localeCompare(b.key),
  )
}

export function search(items: QueueItem[], words: string): QueueItem[] {
  const wanted = words.trim()
  return wanted === '' ? items : items.filter((i) => textOf(i).includes(wanted))
}

const textOf = (i: QueueItem) => [i.number, i.label, i.complainant, i.respondent, i.issued].join(' ')

export interface Place {
  label: string
  to: string
}

/** whereToFill is the screen on which a missing fact is filled in. */
export function whereToFill(where: string, number: string): Place {
  if (where === 'profile') return { label: '去设置填写', to: '/settings/office' }
  if (where === 'action') return { label: '去案件办理', to: casePath(number) }
  return { label: '去案件填写', to: casePath(number) }
}

export const casePath = (number: string): string => `/cases/${encodeURIComponent(number)}`

/** fileName names a saved letter so that a folder of them sorts by document number. */
export function fileName(label: string, number: string): string {
  return `${number} ${label}.pdf`.trim()
}
