import { describe, expect, test, vi } from 'vitest'
import { choiceProblem, columns, consequence, finish, ready, toldEntry } from './conflict'
import type { Branch, Contradiction } from './conflict'

function branch(entry: string, change: Partial<Branch> = {}): Branch {
  return {
    entry,
    officer: '张三',
    office: '示例网点',
    at: '2026-11-24T09:00:00+08:00',
    line: '',
    own: false,
    told: false,
    ...change,
  }
}

function row(id: string, ...branches: Branch[]): Contradiction {
  return { id, number: 'TS2026-000001', label: '受理决定', branches }
}

describe('the columns of a contradiction', () => {
  test('put this machine left', () => {
    const got = columns(row('c', branch('b'), branch('a', { own: true })))
    expect(got.map((c) => [c.heading, c.branch.entry])).toEqual([
      ['本机', 'a'],
      ['对方', 'b'],
    ])
  })

  test('name the offices when this machine took no side, or several others did', () => {
    const two = columns(row('c', branch('a', { office: '甲' }), branch('b', { office: '乙' })))
    expect(two.map((c) => c.heading)).toEqual(['甲', '乙'])
    const three = columns(
      row('c', branch('o', { own: true }), branch('a', { office: '甲' }), branch('b', { office: '乙' })),
    )
    expect(three.map((c) => c.heading)).toEqual(['本机', '甲', '乙'])
  })
})

describe('the consequence of a choice', () => {
  const told = row('c', branch('a', { own: true }), branch('b', { letters: '受理告知书', told: true }))

  test('letters of the other side must be voided and told again', () => {
    expect(consequence(told, 'a')).toContain('受理告知书')
    expect(consequence(told, 'a')).toContain('重新告知')
  })
  test('keeping the side that was told asks nothing', () => {
    expect(consequence(told, 'b')).toBe('')
    expect(toldEntry(told)).toBe('b')
  })
  test('nobody told, nothing to propose', () => {
    expect(toldEntry(row('c', branch('a'), branch('b')))).toBe('')
  })
})

describe('finishing', () => {
  const rows = [row('1', branch('a'), branch('b')), row('2', branch('c'), branch('d'))]

  test('a choice needs a reason and a branch that is still there', () => {
    expect(choiceProblem(rows[0]!, undefined)).not.toBe('')
    expect(choiceProblem(rows[0]!, { keep: 'a', reason: ' 好 ' })).not.toBe('')
    expect(choiceProblem(rows[0]!, { keep: 'gone', reason: '先收到' })).not.toBe('')
    expect(choiceProblem(rows[0]!, { keep: 'a', reason: '先收到' })).toBe('')
  })

  test('writes only what is chosen and in order', async () => {
    const resolve = vi.fn().mockResolvedValue(undefined)
    const choices = { '2': { keep: 'd', reason: ' 先收到 ' }, '1': { keep: 'a', reason: '' } }
    expect(ready(rows, choices).map((r) => r.id)).toEqual(['2'])
    expect(await finish(rows, choices, resolve)).toEqual({ done: ['2'], failed: [] })
    expect(resolve.mock.calls).toEqual([['2', 'd', '先收到']])
  })

  test('one refusal does not stop the others', async () => {
    const refusal = new Error('refused')
    const resolve = vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue(undefined)
    const choices = {
      '1': { keep: 'a', reason: '先收到' },
      '2': { keep: 'c', reason: '先收到' },
    }
    const got = await finish(rows, choices, resolve)
    expect(got).toEqual({ done: ['2'], failed: [{ id: '1', error: refusal }] })
  })
})
