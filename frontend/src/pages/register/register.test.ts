import { expect, test } from 'vitest'
import type { RegimeForm } from '@/backend/shapes'
import { conditions, emptyRegistration, toInput, worthComparing, worthKeeping } from './registration'

const form: RegimeForm = {
  regime: { id: 'r', title: '办法', system: 'S7', version: '1', effective_from: '', effective_to: '' },
  matters: [],
  channels: [],
  categories: [{ id: 'c', label: '分类一' }],
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
  ).toEqual(['channel', 'received_at', 'fields.estate'])
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
