import { expect, test } from 'vitest'
import type { CaseRow, WorkList } from '@/backend/shapes'
import { fitsCounter, linesOf } from './worklist'

const row = (id: string, more: Partial<CaseRow> = {}): CaseRow =>
  ({ id, number: id, light: 'green', due: '2026-12-01', conflict: false, next: 'accept', ...more }) as CaseRow

const list = (rows: CaseRow[], total = rows.length): WorkList => ({
  counters: [],
  groups: [
    { action: 'accept', label: '受理决定', total, rows },
    { action: 'decide', label: '起草决定', total: 0, rows: [] },
  ],
  week: [],
  as_of: '2026-11-24T10:00:00+08:00',
  today: '',
  holiday: '',
})

test('each kind of next step has a heading, and none without cases', () => {
  const lines = linesOf(list([row('a'), row('b')]), '')
  expect(lines.map((line) => line.heading ?? line.id)).toEqual(['受理决定　2 件', 'a', 'b'])
})

test('a group that is cut says so', () => {
  expect(linesOf(list([row('a')], 900), '')[0]?.heading).toBe('受理决定　900 件，先列最急的 1 件')
})

test.each([
  ['overdue', { light: 'red' }, true],
  ['overdue', { light: 'yellow' }, false],
  ['today', { due: '2026-11-24T17:00:00+08:00' }, true],
  ['today', { due: '' }, false],
  ['accept', {}, true],
  ['decide', {}, false],
  ['contradiction', { conflict: true }, true],
])('the counter %s with %o: %s', (counter, more, want) => {
  expect(fitsCounter(row('a', more), 'accept', counter, '2026-11-24')).toBe(want)
})

test('a filter counts what it shows', () => {
  const lines = linesOf(list([row('a', { light: 'red' }), row('b')], 500), 'overdue')
  expect(lines.map((line) => line.heading ?? line.id)).toEqual(['受理决定　1 件', 'a'])
})
