import { mount } from '@vue/test-utils'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { best, paletteOpen, score, useCommands, type Command } from '@/composables/useCommands'
import { listenForHotkeys } from '@/composables/useHotkeys'
import { shownToasts } from '@/composables/useToasts'

const find = vi.hoisted(() => vi.fn())
const push = vi.hoisted(() => vi.fn(() => Promise.resolve()))
vi.mock('@/backend/palette', () => ({ find }))
vi.mock('@/backend/cases', () => ({ workList: () => Promise.resolve({ groups: [] }) }))
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }))
const { default: CommandPalette } = await import('./CommandPalette.vue')

beforeAll(() => void listenForHotkeys())
afterEach(() => (document.body.innerHTML = ''))

const ran = vi.fn()
const command = (more: Partial<Command>): Command => ({
  id: 'x',
  group: '去',
  label: '工作台',
  run: ran,
  ...more,
})

test.each([
  ['工作', 5],
  ['作台', 4],
  ['gzt', 3],
  ['zuo', 2],
  ['工台', 1],
  ['文书', 0],
])('%s scores %i', (query, want) => expect(score(command({ words: 'gongzuotai gzt' }), query)).toBe(want))

test('what may not be done comes last', () => {
  const list = [
    command({ id: 'a', group: '做', label: '转办', why: '已办结，不能转办' }),
    command({ id: 'b', group: '做', label: '备注转办情况' }),
  ]
  expect(best(list, '转办', '做').map((c) => c.id)).toEqual(['b', 'a'])
})

function open(commands: Command[]) {
  paletteOpen.value = true
  return mount(
    {
      components: { CommandPalette },
      setup: () => useCommands(() => commands),
      template: '<CommandPalette />',
    },
    { attachTo: document.body },
  )
}
const press = (code: string) =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }),
  )

test('typing finds, arrows choose, Enter opens, and the palette is gone', async () => {
  find.mockResolvedValue([
    { kind: 'case', id: 'TS2026-1', title: 'TS2026-1', hint: '张三 样本' },
    { kind: 'case', id: 'TS2026-2', title: 'TS2026-2', hint: '李四 样本' },
  ])
  const wrapper = open([])
  await nextTick()
  expect(document.activeElement?.tagName).toBe('INPUT')
  await wrapper.get('input').setValue('样本')
  await new Promise((r) => setTimeout(r, 90))
  expect(find).toHaveBeenCalledWith('样本')
  expect(wrapper.findAll('[role=option]')).toHaveLength(2)
  press('ArrowDown')
  await nextTick()
  expect(wrapper.get('input').attributes('aria-activedescendant')).toBe('command-1')
  press('Enter')
  expect(push).toHaveBeenCalledWith({ name: 'case', params: { number: 'TS2026-2' } })
  expect(paletteOpen.value).toBe(false)
  wrapper.unmount()
})

test('each deed shows its key, and one that may not be done says why and stays', async () => {
  const wrapper = open([
    command({ id: 'a', group: '做', label: '受理', shortcut: 'A' }),
    command({ id: 't', group: '做', label: '转办', why: '已办结，不能转办' }),
  ])
  await nextTick()
  expect(wrapper.get('kbd').text()).toBe('A')
  press('ArrowDown')
  press('Enter')
  expect(shownToasts.at(-1)?.text).toBe('已办结，不能转办')
  expect(paletteOpen.value).toBe(true)
  expect(ran).not.toHaveBeenCalled()
  press('ArrowUp')
  press('Enter')
  expect(ran).toHaveBeenCalledTimes(1)
  wrapper.unmount()
})

test('nothing found says so', async () => {
  find.mockRejectedValue(new Error('x'))
  const wrapper = open([])
  await wrapper.get('input').setValue('没有')
  await nextTick()
  expect(wrapper.text()).toContain('没有找到“没有”')
  wrapper.unmount()
})
