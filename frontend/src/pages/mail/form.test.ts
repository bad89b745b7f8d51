import { describe, expect, test } from 'vitest'
import type { FieldRow, RegimeForm, RegisterInput, Suggested } from '@/backend/shapes'
import { refusedPath } from '@/components/form/values'
import { fitting, getPath, mailFields, missingOf, setPath, tidy, wordOf } from './form'
import { importWords, shortTime, todayInChina } from './words'

const input: RegisterInput = {
  regime: 'r',
  matter: 'm',
  channel: 'email',
  received_at: '2026-11-24T10:00:00+08:00',
  complainant: { name: '张三' },
  respondent: { name: '示例商店' },
  request: '退款',
  facts: '事实',
  category: '',
}
const field = (path: string) => mailFields.find((f) => f.path === path)!
const suggested = (value: string, word: string) => ({ field: 'x', value, word }) as Suggested

describe('the form beside a message', () => {
  test('reads and changes nested values without touching the old form', () => {
    const changed = setPath(input, 'complainant.phone', '13800000000')
    expect(getPath(changed, 'complainant.phone')).toBe('13800000000')
    expect(getPath(changed, 'complainant.name')).toBe('张三')
    expect(getPath(input, 'complainant.phone')).toBe('')
    expect(getPath(input, 'no.such')).toBe('')
  })
  test('names what is missing', () => {
    expect(missingOf(input)).toEqual([])
    expect(missingOf(setPath(input, 'respondent.name', ' ')).map((f) => f.label)).toEqual(['被投诉人'])
  })
  test('names what the rulebook itself asks, only while its condition holds', () => {
    const own = [
      { id: 'why', label: '上报原因', type: 'text', required: 'never', options: [] },
      {
        id: 'note',
        label: '说明',
        type: 'text',
        required: 'when',
        when: { field: 'why', is: 'other' },
        options: [],
      },
    ] as unknown as FieldRow[]
    expect(missingOf(input, own, {})).toEqual([])
    expect(missingOf(input, own, { why: 'other' })).toEqual([
      { path: 'fields.note', label: '说明', words: '未填写说明' },
    ])
    expect(missingOf(input, own, { why: 'other', note: '一' })).toEqual([])
  })
  test('another rulebook keeps what it knows and gives the rest', () => {
    const form = {
      matters: [{ id: 'a' }],
      channels: [{ id: 'phone' }, { id: 'letter' }],
      categories: [],
    } as unknown as RegimeForm
    expect(fitting({ ...input, category: 'c' }, form)).toMatchObject({
      matter: 'a',
      channel: 'letter',
      category: '',
      request: '退款',
    })
    expect(fitting({ ...input, channel: 'phone' }, form).channel).toBe('phone')
  })
  test('a refusal lands where the form shows it', () => {
    const own = [{ id: 'building' }] as FieldRow[]
    expect(refusedPath('building', own)).toBe('fields.building')
    expect(refusedPath('complainant', own)).toBe('complainant.name')
    expect(refusedPath('facts', own)).toBe('facts')
  })
  test('trims texts', () => {
    const got = tidy({ ...input, request: ' 退款\n', complainant: { name: '张三 ' } })
    expect(got.request).toBe('退款')
    expect(got.complainant.name).toBe('张三')
    expect(tidy(input)).toBe(input)
  })
})

describe('the confidence word', () => {
  test.each([
    ['complainant.name', '张三', suggested('张三', '确定'), '张三', '确定'],
    ['complainant.name', '张三', suggested('张三', '可能'), '张三', '可能'],
    ['complainant.name', '李四', suggested('张三', '确定'), '张三', '已改'],
    ['complainant.name', '', suggested('张三', '确定'), '张三', '缺'],
    ['complainant.phone', '', undefined, '', ''],
    ['complainant.phone', '1', undefined, '', '已改'],
    ['regime', 'r', undefined, 'r', ''],
  ])('%s = %s', (path, value, s, filled, word) => {
    expect(wordOf(field(path), value, s, filled)).toBe(word)
  })
})

describe('a fetch in words', () => {
  const none = { seen: 0, imported: 0, threaded: 0, duplicates: 0, set_aside: 0, registered: 0, failed: [] }
  test('nothing new is said so', () => {
    expect(importWords(none)).toBe('没有新邮件')
    expect(importWords({ ...none, seen: 9 })).toContain('9')
  })
  test('names only what happened', () => {
    expect(importWords({ ...none, seen: 4, imported: 3, failed: [{ uid: 1, why: '' }] })).toBe(
      '新收 3 封，1 封未能收取',
    )
  })
})

test('times are short in lists', () => {
  expect(shortTime('2026-11-24T10:05:00+08:00', '2026-11-24')).toBe('10:05')
  expect(shortTime('2026-11-23T10:05:00+08:00', '2026-11-24')).toBe('11-23')
  expect(shortTime('2025-11-23T10:05:00+08:00', '2026-11-24')).toBe('2025-11-23')
  expect(shortTime('', '2026-11-24')).toBe('')
  expect(todayInChina(new Date('2026-11-24T17:00:00Z'))).toBe('2026-11-25')
})
