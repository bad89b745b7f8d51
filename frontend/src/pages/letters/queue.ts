// The queue of letters: what could go out now, what still lacks something, what went out.
import type { CaseRow, LetterKind } from '@/backend/shapes'

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

/** Forms that accompany a case; nobody waits for them, so they are not in the queue. */
const companions = ['record-form', 'receipt-of-delivery']

export function itemsOf(row: CaseRow, kinds: LetterKind[]): QueueItem[] {
  return kinds
    .filter((k) => !companions.includes(k.kind))
    .map((k) => ({
      key: `${row.number} ${k.kind}`,
      number: row.number,
      kind: k.kind,
      label: k.label,
      complainant: row.complainant,
      respondent: row.respondent,
      due: row.due,
      dueText: row.due_text,
      light: row.light,
      missing: k.complete ? 0 : Math.max(1, k.missing.length),
      issued: k.issued ?? '',
    }))
}

export type QueueTab = 'open' | 'issued'

/** pick chooses one tab, what is complete first, then by due date; no due date comes last. */
export function pick(items: QueueItem[], tab: QueueTab, words: string): QueueItem[] {
  const wanted = words.trim()
  const due = (i: QueueItem) => i.due || '9999'
  return items
    .filter((i) => (tab === 'issued') === (i.issued !== ''))
    .filter((i) => wanted === '' || textOf(i).includes(wanted))
    .sort(
      (a, b) =>
        Number(a.missing > 0) - Number(b.missing > 0) ||
        due(a).localeCompare(due(b)) ||
        a.key.localeCompare(b.key),
    )
}

const textOf = (i: QueueItem) => [i.number, i.label, i.complainant, i.respondent, i.issued].join(' ')

/** countsOf are the numbers on the tabs. */
export function countsOf(items: QueueItem[]): Record<QueueTab, number> {
  const issued = items.filter((i) => i.issued !== '').length
  return { open: items.length - issued, issued }
}

/** together asks for many things a few at a time, so that the desk stays quick for the officer. */
export async function together<T>(
  things: T[],
  ask: (thing: T) => Promise<void>,
  stopped: () => boolean,
  atOnce = 4,
): Promise<void> {
  const rest = [...things]
  const work = async () => {
    for (let next = rest.shift(); next !== undefined && !stopped(); next = rest.shift()) await ask(next)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

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
