import { describe, expect, test } from 'vitest'
import { changeWords, holidays, lastYearWarning, yearGrid } from './calendar'
import { fits, lacks, profileGroups, roleWords } from './profile'
import { groupClocks, parseSpan, spanText, spanWords } from './span'
import { backupName, verifyWords } from './useKeep'

const special = [
  { date: '2026-10-01', work: false, why: '国庆节' },
  { date: '2026-10-02', work: false, why: '国庆节' },
  { date: '2026-10-10', work: true, why: '国庆节调休' },
  { date: '2026-01-01', work: false, why: '元旦' },
]

describe('the year grid', () => {
  const grid = yearGrid(2026, special)
  const october = grid[9]!
  const cell = (date: string) => grid.flatMap((m) => m.weeks.flat()).find((c) => c?.date === date)

  test('has every day of the year once', () => {
    expect(grid.flatMap((m) => m.weeks.flat()).filter(Boolean)).toHaveLength(365)
    expect(
      yearGrid(2028, [])
        .flatMap((m) => m.weeks.flat())
        .filter(Boolean),
    ).toHaveLength(366)
  })
  test('weeks begin on Monday: 1 October 2026 is a Thursday', () => {
    expect(october.weeks[0]!.map((c) => c?.day ?? 0)).toEqual([0, 0, 0, 1, 2, 3, 4])
  })
  test.each([
    ['2026-10-01', 'holiday'],
    ['2026-10-03', 'weekend'],
    ['2026-10-10', 'makeup'],
    ['2026-10-12', 'work'],
  ])('%s is %s', (date, kind) => {
    expect(cell(date)?.kind).toBe(kind)
  })
  test('holidays of one reason in a row are one line', () => {
    expect(holidays(special)).toEqual([
      { why: '元旦', from: '2026-01-01', to: '2026-01-01', days: 1 },
      { why: '国庆节', from: '2026-10-01', to: '2026-10-02', days: 2 },
    ])
  })
})

describe('the warning about unknown years', () => {
  test.each([
    [[2025, 2026], '2026-03-01', ''],
    [[2025, 2026], '2026-11-24', '2027'],
    [[2025], '2026-01-05', '2026'],
    [[2026, 2027], '2026-12-30', ''],
    [[], '2026-12-30', '2026'],
  ])('%o on %s says %s', (years, today, word) => {
    const got = lastYearWarning(years, today)
    if (word === '') expect(got).toBe('')
    else expect(got).toContain(word)
  })
})

test('what a change of the calendar did, in one line', () => {
  expect(changeWords(0, 0)).toBe('没有期限变动')
  expect(changeWords(2, 0)).toBe('2 个期限变动')
  expect(changeWords(0, 3)).toBe('没有期限变动，3 个不再是暂定')
})

describe('time limits in words', () => {
  test.each([
    ['7workday', '7 个工作日'],
    ['60day', '60 日（自然日）'],
    ['sameday', '当日'],
    ['', '未设定'],
    ['whatever', 'whatever'],
  ])('%s reads %s', (span, words) => {
    expect(spanWords(span)).toBe(words)
  })
  test('go back into the text of a rulebook', () => {
    expect(spanText(7, 'workday')).toBe('7workday')
    expect(spanText(0, 'day')).toBe('')
    expect(spanText(1.5, 'day')).toBe('')
    expect(parseSpan('0day')).toBeNull()
    expect(parseSpan('30minute')).toEqual({ count: 30, unit: 'minute' })
  })
})

describe('the office profile', () => {
  const all = profileGroups.flatMap((g) => g.fields)
  const field = (key: string) => all.find((f) => f.key === key)!

  test('an enterprise tells of its own appeal, an authority of review and court', () => {
    expect(fits(field('court'), 'enterprise')).toBe(false)
    expect(fits(field('appeal'), 'enterprise')).toBe(true)
    expect(fits(field('court'), 'agency')).toBe(true)
    expect(fits(field('appeal'), 'agency')).toBe(false)
    expect(fits(field('court'), '')).toBe(true)
  })
  test('what Go names as missing is marked at its field', () => {
    expect(lacks(field('court'), ['复议机关', '法院'])).toBe(true)
    expect(lacks(field('issuer'), ['复议机关'])).toBe(false)
  })
  test('every field is asked once', () => {
    expect(new Set(all.map((f) => f.key)).size).toBe(all.length)
  })
  test('roles read as words, unknown ones as they are', () => {
    expect(roleWords(['admin', 'front-desk'])).toBe('管理员、front-desk')
  })
})

describe('keeping the data', () => {
  test('a check says whether all is well', () => {
    expect(verifyWords({ ok: true, entries: 1200, cases: 3, problems: [] })).toContain('全部完好')
    expect(verifyWords({ ok: false, entries: 1, cases: 1, problems: ['x'] })).toContain('1 处')
  })
  test('a backup is named by office and day', () => {
    expect(backupName('示例网点', '2026-11-24')).toBe('接诉备份 示例网点 2026-11-24.jiesu')
  })
})

test('limits stand below their rulebook, without its title before each', () => {
  const clocks = [
    { regime: 'a', label: '甲办法 · 受理', article: '第五条' },
    { regime: 'b', label: '答复', article: '' },
    { regime: 'a', label: '甲办法 · 办理', article: '第七条' },
  ]
  const titles = new Map([['a', '甲办法']])
  const got = groupClocks(clocks, titles, '')
  expect(got.map((g) => [g.title, g.clocks.map((c) => c.label)])).toEqual([
    ['甲办法', ['受理', '办理']],
    ['b', ['答复']],
  ])
  expect(groupClocks(clocks, titles, '第七条').flatMap((g) => g.clocks)).toHaveLength(1)
})
