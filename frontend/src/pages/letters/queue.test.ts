import { describe, expect, test } from 'vitest'
import type { CaseRow, LetterKind } from '@/backend/shapes'
import { countsOf, itemsOf, pick, together, whereToFill } from './queue'

function row(number: string, due = ''): CaseRow {
  return {
    id: number,
    number,
    regime: 'r',
    regime_title: '',
    stage: '',
    stage_label: '',
    light: 'green',
    complainant: '张三',
    respondent: '示例商店',
    next: '',
    next_label: '',
    due,
    due_text: '',
    due_label: '',
    assignee: '',
    channel: '',
    received_at: '',
    office: '',
    conflict: false,
    closed: false,
  }
}

function kind(id: string, change: Partial<LetterKind> = {}): LetterKind {
  return { kind: id, label: id, complete: true, missing: [], ...change } as LetterKind
}

const items = [
  ...itemsOf(row('TS2', '2026-12-02'), [kind('acceptance'), kind('record-form')]),
  ...itemsOf(row('TS1', '2026-12-01'), [
    kind('decision', { complete: false, missing: [{ field: 'court', label: '法院', where: 'profile' }] }),
    kind('acceptance', { issued: '云市监〔2026〕1号' }),
  ]),
  ...itemsOf(row('TS3'), [kind('refusal')]),
]

describe('the queue', () => {
  test('leaves out forms nobody waits for', () => {
    expect(items.map((i) => i.kind)).not.toContain('record-form')
  })
  test('puts complete letters first, then by due date, none last', () => {
    expect(pick(items, 'open', '').map((i) => i.key)).toEqual([
      'TS2 acceptance',
      'TS3 refusal',
      'TS1 decision',
    ])
  })
  test('issued letters are on their own tab', () => {
    expect(pick(items, 'issued', '').map((i) => i.issued)).toEqual(['云市监〔2026〕1号'])
    expect(countsOf(items)).toEqual({ open: 3, issued: 1 })
  })
  test('is found by number, name and document number', () => {
    expect(pick(items, 'open', ' TS3 ')).toHaveLength(1)
    expect(pick(items, 'issued', '1号')).toHaveLength(1)
    expect(pick(items, 'open', '李四')).toHaveLength(0)
  })
  test('an incomplete letter lacks at least one thing', () => {
    expect(itemsOf(row('x'), [kind('decision', { complete: false })])[0]!.missing).toBe(1)
  })
})

test('asks a few at a time and stops when told', async () => {
  let running = 0
  let most = 0
  const asked: number[] = []
  const ask = async (n: number) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    asked.push(n)
    running--
  }
  await together([1, 2, 3, 4, 5, 6], ask, () => false, 2)
  expect(asked.sort()).toEqual([1, 2, 3, 4, 5, 6])
  expect(most).toBe(2)
  asked.length = 0
  await together([1, 2, 3], ask, () => true)
  expect(asked).toEqual([])
})

test('a missing fact leads to its screen', () => {
  expect(whereToFill('profile', 'TS 1').to).toBe('/settings/office')
  expect(whereToFill('case', 'TS/1').to).toBe('/cases/TS%2F1')
})
