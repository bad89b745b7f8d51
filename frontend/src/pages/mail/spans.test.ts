import { describe, expect, test } from 'vitest'
import { litIn, pieces } from './spans'

describe('pieces of a message text', () => {
  test('a text without spans is one piece', () => {
    expect(pieces('您好', [])).toEqual([{ text: '您好', fields: [] }])
  })

  test('an empty text has no pieces', () => {
    expect(pieces('', [{ field: 'a', start: 0, end: 3 }])).toEqual([])
  })

  test('rare characters outside the basic plane count once', () => {
    const got = pieces('我叫𠮷田，投诉', [{ field: 'complainant.name', start: 2, end: 4 }])
    expect(got.map((p) => p.text)).toEqual(['我叫', '𠮷田', '，投诉'])
    expect(got[1]!.fields).toEqual(['complainant.name'])
  })

  test('overlapping spans share the middle piece', () => {
    const got = pieces('abcdef', [
      { field: 'x', start: 0, end: 4 },
      { field: 'y', start: 2, end: 6 },
    ])
    expect(got).toEqual([
      { text: 'ab', fields: ['x'] },
      { text: 'cd', fields: ['x', 'y'] },
      { text: 'ef', fields: ['y'] },
    ])
  })

  test('spans past the end or turned round do not break the text', () => {
    const got = pieces('abc', [
      { field: 'x', start: 2, end: 99 },
      { field: 'y', start: 2, end: 1 },
      { field: 'z', start: -5, end: 1 },
    ])
    expect(got.map((p) => p.text).join('')).toBe('abc')
    expect(got.at(-1)!.fields).toEqual(['x'])
    expect(got[0]!.fields).toEqual(['z'])
  })
})

test('each source lights its own spans', () => {
  const suggested = [
    { field: 'a', span: { source: 'text', start: 0, end: 1 } },
    { field: 'b', span: { source: 'subject', start: 0, end: 1 } },
    { field: 'c' },
  ]
  expect(litIn('text', suggested).map((s) => s.field)).toEqual(['a'])
  expect(litIn('subject', suggested).map((s) => s.field)).toEqual(['b'])
})
