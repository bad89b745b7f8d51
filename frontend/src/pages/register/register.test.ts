import { expect, test } from 'vitest'
import type { CaseDetail, ClockRow, ClockSetting, FieldRow, RegimeForm } from '@/backend/shapes'
import {
  conditions,
  emptyRegistration,
  limitLines,
  ownFields,
  partOf,
  textOf,
  toInput,
  underRulebook,
  worthComparing,
  worthKeeping,
} from './registration'

const form: RegimeForm = {
  regime: { id: 'r', title: '办法', system: 'S7', version: '1', effective_from: '', effective_to: '' },
  matters: [],
  channels: [],
  categories: [{ id: 'c', label: '分类一' }],
  standard: [],
  anonymous: [],
  protected: [],
  article: '',
  guidance: '',
  fields: [
    { id: 'estate', label: '小区', type: 'text', required: 'always', options: [] },
    { id: 'house', label: '房号', type: 'text', required: 'never', options: [] },
  ],
}
const unmet = (r = emptyRegistration()) =>
  conditions(r, form)
    .filter((line) => !line.met)
    .map((line) => line.id)

test('an empty form lacks everything and must have only what registration waits for', () => {
  expect(unmet()).toEqual([
    'channel',
    'received_at',
    'complainant.name',
    'complainant.phone',
    'respondent.name',
    'request',
    'facts',
    'category',
    'fields.estate',
  ])
  expect(
    conditions(emptyRegistration(), form)
      .filter((l) => l.must)
      .map((l) => l.id),
  ).toEqual(['channel', 'received_at', 'complainant.name', 'fields.estate'])
})

test('an address will do where there is no phone', () => {
  const r = emptyRegistration({ complainant: { name: '张三 样本', address: '云江路 1 号' } })
  expect(unmet(r)).not.toContain('complainant.phone')
})

test('what is sent has neither files nor empty fields', () => {
  const r = emptyRegistration({ files: ['/x/a.pdf'], fields: { estate: ' 一号院 ', house: '', gone: 'x' } })
  const sent = toInput(r, form, 'register')
  expect(sent).not.toHaveProperty('files')
  expect(sent.fields).toEqual({ estate: '一号院' })
  expect(sent.draft).toBe('register')
})

test('a form is kept and compared from the moment somebody writes a name', () => {
  expect(worthKeeping(emptyRegistration({ channel: 'phone' }))).toBe(false)
  expect(worthKeeping(emptyRegistration({ complainant: { name: '张' } }))).toBe(true)
  expect(worthComparing(emptyRegistration({ complainant: { name: '张' } }))).toBe(false)
  expect(worthComparing(emptyRegistration({ complainant: { name: '张三' } }))).toBe(true)
})

test('a part starts with what the whole has, a protected person left out', () => {
  const whole = {
    regime: { id: 'r' },
    fields: { matter: 'complaint' },
    channel: 'phone',
    received_at: '2026-11-24T10:00:00+08:00',
    complainant: { name: '张三' },
    respondent: { name: '示例商店' },
    request: '退款',
    facts: '事实',
    category: '',
    protected: false,
  } as unknown as CaseDetail
  expect(partOf(whole)).toMatchObject({ regime: 'r', matter: 'complaint', complainant: { name: '张三' } })
  expect(partOf({ ...whole, protected: true })).toMatchObject({ complainant: { name: '' }, protected: true })
})

test('a limit shows its date once it is counted, its length before', () => {
  const limits = [
    { clock: 'acceptance', label: '办法 · 受理', span: '7workday', origin: '本单位设定', article: '第五条' },
    { clock: 'handling', label: '办法 · 办理', span: '', origin: '未设定', article: '第七条' },
    { clock: 'review', label: '办法 · 复议答复', span: '10workday', origin: '法定', article: '' },
  ] as ClockSetting[]
  expect(limitLines(limits, []).map((l) => l.when)).toEqual(['7 个工作日', '未设定', '10 个工作日'])
  const counted = [
    { id: 'acceptance', due: '2026-09-29', provisional: true },
    { id: 'handling', due: '', provisional: false },
  ] as ClockRow[]
  const lines = limitLines(limits, counted)
  expect(lines.map((l) => l.label)).toEqual(['受理', '办理'])
  expect(lines[0]).toMatchObject({ when: '2026-09-29', span: '7 个工作日', provisional: true })
  expect(lines[1]).toMatchObject({ when: '未设定', span: '', provisional: false })
})

const row = (id: string, more: Partial<FieldRow> = {}): FieldRow => ({
  id,
  label: '',
  type: 'text',
  required: 'never',
  options: [],
  ...more,
})

test('a rulebook names the usual facts its own way, waits for some and leaves others out', () => {
  const own: RegimeForm = {
    ...form,
    standard: [
      row('channel'),
      row('received_at', { label: '员工提出的时间' }),
      row('complainant', { required: 'when', when: { not: { field: 'matter', is: 'anonymous' } } }),
      row('facts', { label: '投诉内容', required: 'always' }),
      row('category', { required: 'always' }),
    ],
    anonymous: ['anonymous'],
  }
  const lines = conditions(emptyRegistration({ matter: 'complaint' }), own)
  expect(lines.map((l) => l.label)).toEqual([
    '渠道',
    '员工提出的时间',
    '投诉人姓名',
    '投诉人联系方式',
    '投诉内容',
    '类别',
    '小区',
  ])
  const must = (matter: string) =>
    conditions(emptyRegistration({ matter }), own).flatMap((l) => (l.must ? l.id : []))
  expect(must('complaint')).toContain('complainant.name')
  expect(must('anonymous')).not.toContain('complainant.name')
  expect(must('complaint')).toEqual(expect.arrayContaining(['facts', 'category']))
})

test('the text of 其他 stands under its choice and not among the other fields', () => {
  const own = { ...form, fields: [row('category_text'), ...form.fields, row('ground_text')] }
  expect(textOf(own, 'category').map((f) => f.id)).toEqual(['category_text'])
  expect(ownFields(own).map((f) => f.id)).toEqual(['estate', 'house', 'ground_text'])
})

test('under another rulebook its defaults are shown and only what it knows is kept', () => {
  const next: RegimeForm = {
    ...form,
    matters: [{ id: 'm', label: '事项' }],
    fields: [
      row('source', { type: 'choice', options: [{ id: 'phone', label: '电话' }], value: 'phone' }),
      row('grounds', { type: 'multichoice', options: [{ id: 'x', label: '甲' }] }),
      row('note'),
    ],
  }
  const before = emptyRegistration({
    matter: 'gone',
    channel: 'gone',
    category: 'gone',
    fields: { source: 'gone', grounds: ['x', 'gone'], note: '写过的', estate: '不问的' },
  })
  expect(underRulebook(before, next, '')).toMatchObject({ matter: 'm', channel: '', category: '' })
  expect(underRulebook(before, next, '').fields).toEqual({ source: 'phone', note: '写过的' })
})
