import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import type { FieldRow } from '@/backend/shapes'
import ActionForm from './ActionForm.vue'
import { articleOf, choicesShown } from './choices'
import { holds, isEmpty, valueAt } from './guards'
import { check, fromPicker, nowInChina, startValues, toPicker, toSend } from './values'

const field = (id: string, type: string, more: Partial<FieldRow> = {}): FieldRow => ({
  id,
  label: `〔${id}〕`,
  type,
  required: 'never',
  options: [],
  ...more,
})
const options = (...ids: string[]) => ids.map((id) => ({ id, label: id.toUpperCase() }))

test.each<[string, unknown, boolean]>([
  ['no condition', undefined, true],
  ['a value is there', { field: 'amount' }, true],
  ['a value is missing', { field: 'nothing' }, false],
  ['is', { field: 'ground', is: 'other' }, true],
  ['is not', { field: 'ground', is: 'late' }, false],
  ['one of', { field: 'ground', in: ['late', 'other'] }, true],
  ['one of, over several', { field: 'many', in: ['b'] }, true],
  ['at least', { field: 'amount', min: 500 }, true],
  ['at most', { field: 'amount', max: 499.99 }, false],
  ['a bound on what is no number', { field: 'ground', min: 0 }, false],
  ['all', { all: [{ field: 'amount' }, { field: 'nothing' }] }, false],
  ['any', { any: [{ field: 'amount' }, { field: 'nothing' }] }, true],
  ['not', { not: { field: 'nothing' } }, true],
  ['within a person', { field: 'person.name', is: '张三' }, true],
  ['a box never ticked is false', { field: 'ticked', is: false }, true],
  ['what only Go can judge counts as met', { stage: 'accepted' }, true],
])('a condition: %s', (_, guard, want) => {
  const values = { ground: 'other', amount: '500.00', many: ['a', 'b'], person: { name: '张三' } }
  expect(holds(guard, values)).toBe(want)
})

test('empty is what holds nothing anybody wrote', () => {
  for (const value of [undefined, null, '', '  ', [], {}, { name: '', phone: ' ' }])
    expect(isEmpty(value)).toBe(true)
  for (const value of [0, false, 'a', ['x'], { name: '张三' }]) expect(isEmpty(value)).toBe(false)
  expect(valueAt({ 'a.b': 1 }, 'a.b')).toBe(1)
})

test('a form says what is missing and what is out of bounds', () => {
  const fields = [
    field('reason', 'text', { required: 'always', max: 4 }),
    field('money', 'money', { max: 1000 }),
    field('days', 'number', { min: 1, max: 60 }),
    field('when', 'text', { required: 'when', when: { field: 'reason', is: '其他' } }),
    field('rows', 'group', { item: [field('name', 'text', { required: 'always' })] }),
  ]
  expect(check(fields, {})).toEqual({ reason: '未填写〔reason〕' })
  expect(
    check(fields, { reason: '其他', money: '12.345', days: 61, rows: [{ name: 'a' }, { name: ' ' }] }),
  ).toEqual({
    money: '〔money〕应是金额，最多两位小数',
    days: '〔days〕不能大于60',
    when: '未填写〔when〕',
    'rows.1.name': '未填写〔name〕',
  })
  expect(check(fields, { reason: '一二三四五' })).toEqual({ reason: '〔reason〕最多4字，现有5字' })
  expect(check(fields, { reason: 'a', money: '1000.01' })).toEqual({ money: '〔money〕不能大于1000' })
})

test('what is hidden or empty is not sent', () => {
  const fields = [
    field('a', 'text'),
    field('b', 'text', { when: { field: 'a', is: 'x' } }),
    field('rows', 'group', {
      item: [field('name', 'text'), field('gone', 'text', { when: { field: 'name', is: 'y' } })],
    }),
  ]
  expect(toSend(fields, { a: ' y ', b: 'hidden', rows: [{ name: 'n', gone: 'g' }], foreign: 1 })).toEqual({
    a: 'y',
    rows: [{ name: 'n' }],
  })
})

test('a form starts with what is known, and with the only choice there is', () => {
  const fields = [
    field('a', 'text', { value: '已知' }),
    field('only', 'choice', { required: 'always', options: options('x') }),
    field('two', 'choice', { required: 'always', options: options('x', 'y') }),
  ]
  expect(startValues(fields)).toEqual({ a: '已知', only: 'x' })
})

test('the time of receipt is the time in China, whatever the machine thinks', () => {
  expect(nowInChina(new Date('2026-11-24T16:30:00Z'))).toBe('2026-11-25T00:30:00+08:00')
})

test('"now" of a rulebook is a date or a moment, and nothing on a machine with a wrong clock', () => {
  const fields = [field('d', 'date', { value: 'now' }), field('t', 'datetime', { value: 'now' })]
  const now = '2026-11-25T00:30:00+08:00'
  expect(startValues(fields, now)).toEqual({ d: '2026-11-25', t: now })
  expect(startValues(fields)).toEqual({ d: '', t: '' })
})

test('times keep their text whatever zone the machine is in', () => {
  expect(toPicker('2026-11-24T23:30:00+08:00')).toBe('2026-11-24 23:30')
  expect(fromPicker('2026-11-24 23:30')).toBe('2026-11-24T23:30:00+08:00')
  expect(toPicker(undefined)).toBeNull()
  expect(fromPicker(null)).toBeUndefined()
})

function form(fields: FieldRow[], values: Record<string, unknown> = {}) {
  const wrapper = mount(ActionForm, {
    attachTo: document.body,
    props: {
      fields,
      values,
      'onUpdate:values': (values: Record<string, unknown>) => void wrapper.setProps({ values }),
    },
  })
  return wrapper
}
const complete = (wrapper: ReturnType<typeof form>) =>
  (wrapper.vm as unknown as { complete: () => Record<string, unknown> | undefined }).complete()

test('every type of field has an input', () => {
  const types = [
    'text',
    'longtext',
    'date',
    'datetime',
    'number',
    'money',
    'choice',
    'multichoice',
    'bool',
    'person',
    'unit',
    'group',
    'file',
  ]
  const wrapper = form(
    types.map((type) => field(type, type, { options: options('x', 'y'), item: [field('n', 'text')] })),
  )
  for (const type of types) {
    const holder = wrapper.get(`[data-field="form-${type}"]`)
    expect(holder.findAll('input, textarea, button, [role=checkbox]').length, type).toBeGreaterThan(0)
  }
  wrapper.unmount()
})

test('a field comes with its condition and the missing one gets the focus', async () => {
  const wrapper = form(
    [
      field('ground', 'choice', { required: 'always', options: options('late', 'other') }),
      field('text', 'text', {
        required: 'when',
        when: { field: 'ground', is: 'other' },
        article: '第二十四条',
      }),
    ],
    { ground: 'late' },
  )
  expect(wrapper.find('[data-field="form-text"]').exists()).toBe(false)
  expect(complete(wrapper)).toEqual({ ground: 'late' })
  await wrapper.setProps({ values: { ground: 'other' } })
  expect(wrapper.text()).toContain('第二十四条')
  expect(complete(wrapper)).toBeUndefined()
  await nextTick()
  expect(wrapper.text()).toContain('未填写〔text〕')
  expect(document.activeElement?.id).toBe('form-text')
  wrapper.unmount()
})

test('rows of a group are added, filled and taken away', async () => {
  const values: Record<string, unknown> = {}
  const wrapper = form([field('rows', 'group', { max: 2, item: [field('name', 'text')] })], values)
  const add = () => wrapper.findAll('button').find((b) => b.text().includes('添加'))
  await add()?.trigger('click')
  await add()?.trigger('click')
  expect(wrapper.findAll('fieldset')).toHaveLength(2)
  expect(add()?.attributes('disabled')).toBeDefined()
  await wrapper.findAll('fieldset input')[1]?.setValue('李四 样本')
  await wrapper.get('[aria-label="删除〔rows〕 1"]').trigger('click')
  expect(complete(wrapper)).toEqual({ rows: [{ name: '李四 样本' }] })
  wrapper.unmount()
})

test('the first field that is shown has the focus; a hidden one shows nothing of what is wrong', () => {
  const wrapper = form([field('gone', 'text', { when: { field: 'here', is: 'x' } }), field('here', 'text')])
  const exposed = wrapper.vm as unknown as { focusFirst: () => void; shows: (path: string) => boolean }
  exposed.focusFirst()
  expect(document.activeElement?.id).toBe('form-here')
  expect([exposed.shows('gone'), exposed.shows('here.0.x')]).toEqual([false, true])
  wrapper.unmount()
})

test('what Go refused stands at its field', async () => {
  const wrapper = form([field('a', 'text')])
  await wrapper.setProps({ refused: { a: '号码不对' } })
  expect(wrapper.get('[data-field="form-a"]').text()).toContain('号码不对')
  wrapper.unmount()
})

test('choices stand in a row, one below the other, or in a list to type into', () => {
  const shown = (type: string, n: number, more: object = {}) =>
    choicesShown({
      type,
      options: Array.from({ length: n }, (_, i) => ({ id: `${i}`, label: `第${i}`, ...more })),
    })
  expect(shown('choice', 5)).toBe('row')
  expect(shown('choice', 6)).toBe('list')
  expect(shown('multichoice', 16)).toBe('row')
  expect(shown('multichoice', 17)).toBe('list')
  expect(shown('choice', 3, { help: '条文' })).toBe('tall')
  expect(shown('choice', 2, { label: '一个长到应当独占一行的选项名称' })).toBe('tall')
})

test('a choice says its words in full and its article; one without choices says so', () => {
  const option = { id: 'x', label: '超过三年', help: '超过三年的；', article: '第十六条第四项' }
  const other = { id: 'y', label: '不属于职责', article: '第十六条第一项' }
  const many = Array.from({ length: 9 }, (_, i) => ({ ...option, id: `${i}` }))
  const wrapper = form(
    [
      field('few', 'multichoice', { options: [option, other] }),
      field('many', 'choice', { options: many }),
      field('row', 'choice'),
    ],
    { many: '3' },
  )
  const words = (id: string) => wrapper.get(`[data-field="form-${id}"]`).text()
  expect(words('few')).toContain('超过三年的；')
  expect(words('few')).toContain('第十六条第四项')
  expect(words('many')).toContain('超过三年的；')
  expect(words('row')).toContain('本案还没有可以选的')
  wrapper.unmount()
})

test('an article all choices share is not said at each', () => {
  const options = ['x', 'y'].map((id) => ({ id, label: id, article: '第三条' }))
  expect(articleOf(options, options[0]!)).toBe('')
  expect(articleOf([...options, { id: 'z', label: 'z', article: '第四条' }], options[0]!)).toBe('第三条')
})

test('an agent is asked for his authority, a guardian for the relation', () => {
  const wrapper = form([field('agent', 'person'), field('guardian', 'person'), field('unit', 'unit')])
  const words = (id: string) => wrapper.get(`[data-field="form-${id}"]`).text()
  expect(words('agent')).toContain('代理权限')
  expect(words('guardian')).toContain('与投诉人的关系')
  expect(words('unit')).not.toContain('身份证号')
  wrapper.unmount()
})
