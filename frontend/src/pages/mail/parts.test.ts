import { describe, expect, it } from 'vitest'
import type { RegisterInput } from '@/backend/shapes'
import { firstParts, lackOf, registrations, withPassage } from './parts'

const letter = {
  regime: 'cn.samr.121',
  matter: 'complaint',
  channel: 'email',
  received_at: '2026-09-18',
  complainant: { name: '张样本' },
  respondent: { name: '样本超市' },
  request: '整封信的请求',
  facts: '整封信',
  category: '',
  message: 'm1',
} as RegisterInput

describe('parts of one letter', () => {
  it('begin without anything of the letter', () => {
    expect(firstParts([{ id: 'complaint' }, { id: 'report' }])).toEqual([
      { matter: 'complaint', request: '', facts: '' },
      { matter: 'report', request: '', facts: '' },
    ])
    expect(firstParts([{ id: 'complaint' }]).map((p) => p.matter)).toEqual(['complaint', 'complaint'])
  })
  it('take marked passages one below the other', () => {
    const once = withPassage({ matter: 'complaint', request: '', facts: '' }, ' 饼干过期。 ')
    expect(withPassage(once, '要求退款').facts).toBe('饼干过期。\n要求退款')
    expect(withPassage(once, '  ')).toBe(once)
  })
  it('are registered with their own words and never with the whole letter', () => {
    const [one] = registrations(letter, [{ matter: 'report', request: '', facts: ' 更改日期 ' }])
    expect(one).toMatchObject({ matter: 'report', request: '', facts: '更改日期', channel: 'email' })
    expect(one?.message).toBeUndefined()
    expect(lackOf({ matter: 'report', request: '', facts: ' ' })).not.toBe('')
    expect(lackOf({ matter: 'report', request: '退款', facts: '' })).toBe('')
  })
})
