import { mount } from '@vue/test-utils'
import { beforeAll, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useSelection } from '@/composables/useSelection'
import { listenForHotkeys } from '@/composables/useHotkeys'
import { clampWidth, gridTemplate } from './columns'
import { usePagedRows, windowSize } from './usePagedRows'
import { step } from './useTableKeys'
import VirtualTable from './VirtualTable.vue'

beforeAll(() => {
  // happy-dom lays nothing out; the virtualizer needs a height.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 360 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 })
  listenForHotkeys()
})

test('columns keep the width they were dragged to, within bounds', () => {
  const columns = [
    { key: 'a', title: 'A', width: 100 },
    { key: 'b', title: 'B', width: 120, grow: true },
  ]
  expect(gridTemplate(columns, {}, false)).toBe('100px minmax(120px, 1fr)')
  expect(gridTemplate(columns, { a: 5000 }, true)).toBe('36px 900px minmax(120px, 1fr)')
  expect(clampWidth(-3)).toBe(48)
})

test.each([
  ['down', 0, 1, 1],
  ['over a heading', 1, 1, 3],
  ['up over a heading', 3, -1, 1],
  ['not past the end', 4, 1, 4],
  ['a page past the end', 1, 50, 4],
  ['from nowhere', -1, 1, 0],
])('the cursor goes %s', (_, from, by, want) => expect(step(from, by, 5, (at) => at === 2)).toBe(want))

test('the cursor does not land on a heading at the edge', () => {
  expect(step(1, -1, 3, (at) => at === 0)).toBe(1)
})

interface Row {
  id: string
}
const page = (from: number, count: number, total = 1000) => ({
  total,
  rows: Array.from({ length: Math.min(count, total - from) }, (_, i): Row => ({ id: `r${from + i}` })),
})
const settle = () => new Promise((r) => setTimeout(r))

test('only windows in sight and their neighbours are read', async () => {
  const fetch = vi.fn((_: string, from: number, count: number) => Promise.resolve(page(from, count)))
  const scope = effectScope()
  const rows = scope.run(() => usePagedRows(() => 'q', fetch))
  await settle()
  expect(rows?.total.value).toBe(1000)
  rows?.see(0, 20)
  expect(fetch).toHaveBeenCalledTimes(1)
  rows?.see(175, 195)
  await settle()
  expect(fetch.mock.calls.map((c) => c[1])).toEqual([0, windowSize])
  expect(rows?.rowAt(399)?.id).toBe('r399')
  expect(rows?.rowAt(400)).toBeUndefined()
  scope.stop()
})

test('an answer to an old question is thrown away', async () => {
  const question = ref('old')
  const answers: ((p: { total: number; rows: Row[] }) => void)[] = []
  const scope = effectScope()
  const rows = scope.run(() =>
    usePagedRows(
      () => question.value,
      () => new Promise<{ total: number; rows: Row[] }>((ok) => answers.push(ok)),
    ),
  )
  question.value = 'new'
  await nextTick()
  answers[1]?.({ total: 1, rows: [{ id: 'new' }] })
  await settle()
  answers[0]?.({ total: 9, rows: [{ id: 'old' }] })
  await settle()
  expect(rows?.total.value).toBe(1)
  expect(rows?.rowAt(0)?.id).toBe('new')
  scope.stop()
})

function table() {
  const rows = page(0, 100, 100).rows
  const selection = useSelection()
  const wrapper = mount(VirtualTable<Row>, {
    attachTo: document.body,
    props: {
      name: 't',
      label: '案件',
      columns: [{ key: 'id', title: '编号', width: 100, text: (row: Row) => row.id }],
      total: 100,
      rowAt: (at: number) => rows[at],
      idOf: (row: Row) => row.id,
      selection,
      cursor: -1,
      'onUpdate:cursor': (cursor: number) => void wrapper.setProps({ cursor }),
    },
  })
  return { wrapper, selection }
}
const press = (code: string, init: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, ...init }),
  )

test('the grid tells its size and the row of the cursor', async () => {
  const { wrapper, selection } = table()
  await settle()
  const grid = wrapper.get('[role=grid]')
  expect(grid.attributes('aria-rowcount')).toBe('100')
  expect(wrapper.findAll('[aria-rowindex]').length).toBeGreaterThan(9)
  expect(wrapper.findAll('[aria-rowindex]').length).toBeLessThan(60)
  press('KeyJ')
  await nextTick()
  press('ArrowDown')
  await nextTick()
  expect(grid.attributes('aria-activedescendant')).toBe('t-row-1')
  press('Enter')
  expect(wrapper.emitted('open')).toEqual([[1]])
  press('KeyX')
  expect(selection.has('r1')).toBe(true)
  press('ArrowDown', { shiftKey: true })
  expect([...selection.ids.value]).toEqual(['r1', 'r2'])
  wrapper.unmount()
})

test('a click moves the cursor, a double click opens', async () => {
  const { wrapper } = table()
  await settle()
  await wrapper.findAll('[aria-rowindex]')[4]?.trigger('click')
  expect(wrapper.props('cursor')).toBe(4)
  await wrapper.findAll('[aria-rowindex]')[5]?.trigger('dblclick')
  expect(wrapper.emitted('open')).toEqual([[5]])
  wrapper.unmount()
})
