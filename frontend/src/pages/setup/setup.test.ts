import { describe, expect, test } from 'vitest'
import { strength } from './password'
import { emptyForm, namesSuperior, orderRegimes, problemsOf, unfilled } from './steps'

describe('password words', () => {
  test.each([
    ['', ''],
    ['123456789', '太短'],
    ['1234567890', '弱'],
    ['aaaaaaaaaaaa', '弱'],
    ['云江分行的大门口', '太短'],
    ['云江分行二零二六年好', '弱'],
    ['tulip-9-river', '强'],
    ['春天的桥边有三只鸭子', '可用'],
    ['春天的桥边有三只鸭子在慢慢游泳', '可用'],
    ['春天的桥边有三只鸭子在慢慢地游泳', '强'],
  ])('%s is %s', (password, word) => {
    expect(strength(password, ['云江分行', '张三']).word).toBe(word)
  })

  test('says how many characters are missing', () => {
    expect(strength('abc').advice).toContain('7')
  })
})

describe('the steps of the first run', () => {
  const filled = {
    ...emptyForm(),
    officeCode: 'TS',
    officeName: '示例单位',
    officer: '张三',
    password: 'tulip-9-river',
    again: 'tulip-9-river',
  }

  test('the first step is in order when name, code and password are', () => {
    expect(problemsOf(0, filled)).toEqual({})
  })

  test.each([
    ['officeCode', ''],
    ['officeCode', 'TS0000001'],
    ['officeCode', '云江'],
    ['officeName', ' '],
    ['officer', ''],
    ['password', 'short'],
    ['again', 'tulip-9-rivex'],
    ['reviewBody', '上一级主管部门'],
  ] as const)('%s may not be %s', (field, value) => {
    expect(problemsOf(0, { ...filled, [field]: value })).toHaveProperty(field)
  })

  test('the second step wants a rulebook, the third nothing', () => {
    expect(problemsOf(1, filled)).toHaveProperty('regime')
    expect(problemsOf(1, { ...filled, regime: 'samr' })).toEqual({})
    expect(problemsOf(2, filled)).toEqual({})
  })

  test('names what may wait but stops decisions', () => {
    expect(unfilled({ ...filled, issuer: '示例局' })).toEqual([
      '主体资格',
      '机关代字',
      '复议机关',
      '诉讼法院',
    ])
  })

  test('knows the habit of naming the superior department', () => {
    expect(namesSuperior('示例市上级主管部门')).toBe(true)
    expect(namesSuperior('示例县人民政府')).toBe(false)
  })

  test('offers systems first, then others, what has ended last', () => {
    const rows = [
      { system: '', title: '本单位办法', effective_to: '' },
      { system: 'S7', title: '旧', effective_to: '2026-04-14' },
      { system: 'S12', title: '热线', effective_to: '' },
      { system: 'S7', title: '新', effective_to: '' },
    ]
    expect(orderRegimes(rows, '2026-11-24').map((r) => r.title)).toEqual(['新', '热线', '本单位办法', '旧'])
  })
})
