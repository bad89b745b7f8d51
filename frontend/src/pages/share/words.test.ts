import { expect, test } from 'vitest'
import { behindWords, fingerprint, stateOf, syncWords } from './words'

const none = {
  published: 0,
  received: 0,
  offices: 2,
  waiting: 0,
  contradictions: 0,
  admitted: [],
  skipped: [],
}

test('a round of exchange names only what happened', () => {
  expect(syncWords(none)).toBe('已同步，没有新内容')
  expect(syncWords({ ...none, received: 3, admitted: ['南门'] })).toBe('已同步：收到 3 条，接纳 南门')
})

test.each([
  ['online', 0, '已同步', 'green'],
  ['online', 2, '已连接', 'yellow'],
  ['offline', 0, '离线', 'yellow'],
  ['waiting', 0, '等待接纳', 'yellow'],
  ['off', 0, '未设置', 'grey'],
])('%s with %d unsent is %s', (state, unsent, word, light) => {
  expect(stateOf({ state, unsent })).toMatchObject({ word, light })
})

test('offline names what waits to be sent', () => {
  expect(stateOf({ state: 'offline', unsent: 4 }).why).toContain('4 条')
})

test('fingerprints are read out in groups', () => {
  expect(fingerprint('abcdefghij')).toBe('abcd efgh ij')
  expect(fingerprint('')).toBe('')
})

test('an office is here whole or not', () => {
  expect(behindWords({ behind: 0, own: false })).toBe('齐全')
  expect(behindWords({ behind: 3, own: false })).toContain('3')
})
