// The work list as lines of one table: a heading for each kind of next step, its cases below.
import type { CaseRow, Counter, WorkList } from '@/backend/shapes'

export interface WorkLine {
  id: string
  heading?: string
  row?: CaseRow
}

/** Whether a case belongs to what a counter counts. */
export function fitsCounter(row: CaseRow, action: string, counter: string, today: string): boolean {
  switch (counter) {
    case 'overdue':
      return row.light === 'red'
    case 'today':
      return row.due.slice(0, 10) === today
    case 'contradiction':
      return row.conflict
    case '':
      return true
    default:
      return action === counter || row.next === counter
  }
}

export function linesOf(list: WorkList, counter: string): WorkLine[] {
  const today = list.as_of.slice(0, 10)
  return list.groups.flatMap((group) => {
    const rows = group.rows.filter((row) => fitsCounter(row, group.action, counter, today))
    if (rows.length === 0) return []
    const total = counter === '' ? group.total : rows.length
    const left = total > rows.length ? `，先列最急的 ${rows.length} 件` : ''
    return [
      { id: `heading-${group.action}`, heading: `${group.label}　${total} 件${left}` },
      ...rows.map((row) => ({ id: row.id, row })),
    ]
  })
}

/** Counters with nothing behind them stay in their place but cannot be pressed. */
export const isIdle = (counter: Counter): boolean => counter.count === 0
