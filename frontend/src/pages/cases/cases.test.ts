import { expect, test } from 'vitest'
import { activeFilters, queryOf, readNarrowing, writeNarrowing } from './views'

test('what an address says is what the list asks, and an unknown view is the open cases', () => {
  const n = readNarrowing({ view: 'nonsense', q: ' 投诉人:张三 ', from: '2026-01-01' })
  expect(queryOf(n, '李四')).toMatchObject({
    query: '投诉人:张三',
    open: 'open',
    received: '2026-01-01..',
    assignee: '',
    sort: 'due',
  })
})

test('my cases are those of the officer who is in', () => {
  expect(queryOf(readNarrowing({ view: 'mine' }), '李四 样本').assignee).toBe('李四 样本')
})

test('the address keeps what differs from the start, and reads it back', () => {
  const n = { ...readNarrowing({}), view: 'closed', q: '电梯' }
  expect(writeNarrowing(n)).toEqual({ view: 'closed', q: '电梯' })
  expect(readNarrowing(writeNarrowing(n))).toEqual(n)
  expect(writeNarrowing(readNarrowing({}))).toEqual({})
})

test('a sort chosen by hand goes before that of the view', () => {
  expect(queryOf({ ...readNarrowing({ view: 'all' }), sort: 'number' }, '').sort).toBe('number')
  expect(queryOf(readNarrowing({ view: 'all' }), '').sort).toBe('-received')
})

test('the filters in force are named', () => {
  const n = { ...readNarrowing({}), q: '电梯', assignee: '张三' }
  expect(activeFilters(n, (key, value) => `${key}=${value}`)).toEqual([
    { key: 'q', label: 'q=电梯' },
    { key: 'assignee', label: 'assignee=张三' },
  ])
})
