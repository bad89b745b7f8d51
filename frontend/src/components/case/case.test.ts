import { expect, test } from 'vitest'
import type { ActionRow } from '@/backend/shapes'
import { changedValues } from './correct'
import { keyOf, partiesOf } from './useCase'

const action = (id: string, key?: string): ActionRow => ({
  id,
  key,
  label: id,
  track: 'main',
  article: '',
  fields: [],
  letters: [],
  allowed: true,
  reversible: true,
})

test('the rulebook names the key of an action, and else the habit of the desk', () => {
  expect(keyOf(action('mediate', 'm'))).toBe('M')
  expect(keyOf(action('accept'))).toBe('A')
  expect(keyOf(action('assign', 'g'))).toBe('T')
  expect(keyOf(action('notify', 'n'))).toBe('')
  expect(keyOf(action('archive'))).toBe('')
})

test('a correction sends only what differs', () => {
  const before = { request: '退款', respondent: { name: '甲', phone: '' }, at: undefined }
  expect(changedValues(before, { request: '退款', respondent: { name: '甲' }, at: '' })).toEqual({})
  expect(changedValues(before, { request: '退款二百元', respondent: { phone: '1', name: '甲' } })).toEqual({
    request: '退款二百元',
    respondent: { phone: '1', name: '甲' },
  })
  expect(changedValues({ category: 'a' }, { category: undefined })).toEqual({ category: null })
})

test('a case without a name still has a title', () => {
  expect(partiesOf({ complainant: { name: '' }, respondent: { name: '云江物业' } })).toBe('未具名 → 云江物业')
})
