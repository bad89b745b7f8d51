import { describe, expect, test } from 'vitest'
import type { LetterQueueRow } from '@/backend/shapes'
import { itemsOf, search, waiting, whereToFill } from './queue'

const row = (number: string, kind: string, change: Partial<LetterQueueRow> = {}): LetterQueueRow => ({
  case: number,
  number,
  complainant: '张三',
  respondent: '示例商店',
  light: 'green',
  due: '',
  due_text: '',
  kind,
  label: kind,
  complete: true,
  missing: 0,
  issued: '',
  letter: '',
  at: '',
  ...change,
})

const open = itemsOf([
  row('TS1', 'decision', { due: '2026-12-01', complete: false, missing: 1 }),
  row('TS3', 'refusal'),
  row('TS2', 'acceptance', { due: '2026-12-02' }),
])

describe('the queue', () => {
  test('puts complete letters first, then by due date, none last', () => {
    expect(waiting(open).map((i) => i.key)).toEqual(['TS2 acceptance', 'TS3 refusal', 'TS1 decision'])
  })
  test('is found by number, name and document number', () => {
    expect(search(open, ' TS3 ')).toHaveLength(1)
    const gone = itemsOf([row('TS9', 'acceptance', { issued: '云市监〔2026〕1号', letter: 'a' })])
    expect(search(gone, '1号').map((i) => i.key)).toEqual(['TS9 a'])
    expect(search(open, '李四')).toHaveLength(0)
    expect(search(open, '')).toHaveLength(3)
  })
  test('an incomplete letter lacks at least one thing', () => {
    expect(itemsOf([row('x', 'decision', { complete: false })])[0]!.missing).toBe(1)
  })
})

test('a missing fact leads to its screen', () => {
  expect(whereToFill('profile', 'TS 1').to).toBe('/settings/office')
  expect(whereToFill('case', 'TS/1').to).toBe('/cases/TS%2F1')
})
