import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { chordOf } from './keys'
import { activeHotkeys, listenForHotkeys, setSingleKeys, useHotkeys, type Hotkey } from './useHotkeys'

let stop: () => void
beforeEach(() => {
  stop = listenForHotkeys()
  setSingleKeys(true)
})
afterEach(() => {
  stop()
  document.body.innerHTML = ''
})

const screen = (keys: Hotkey[], modal = false) =>
  mount(
    defineComponent({
      setup: () => {
        useHotkeys('测试', keys, { modal })
        return () => h('div', [h('input'), h('button', 'b')])
      },
    }),
    { attachTo: document.body },
  )

function press(code: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) {
  const event = new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event
}

test.each([
  ['Ctrl+K', 'Ctrl+KeyK'],
  ['?', 'Shift+Slash'],
  ['Shift+Down', 'Shift+ArrowDown'],
  ['Ctrl+Shift+Enter', 'Ctrl+Shift+Enter'],
  ['F2', 'F2'],
  ['Ctrl++', 'Ctrl+Equal'],
  ['Ctrl+1', 'Ctrl+Digit1'],
])('%s is the chord %s', (name, chord) => expect(chordOf(name)).toBe(chord))

test('a letter works outside fields and writes inside them', () => {
  const run = vi.fn()
  const page = screen([{ keys: 'A', label: '受理', run }])
  press('KeyA', {}, page.find('input').element)
  expect(run).not.toHaveBeenCalled()
  press('KeyA')
  expect(run).toHaveBeenCalledTimes(1)
  setSingleKeys(false)
  press('KeyA')
  expect(run).toHaveBeenCalledTimes(1)
  page.unmount()
})

test('keys that belong to Chinese input are left alone', () => {
  const run = vi.fn()
  const page = screen([
    { keys: 'Ctrl+Enter', label: '', run, inFields: true },
    { keys: 'Enter', label: '', run, inFields: true },
  ])
  press('Enter', { isComposing: true }, page.find('input').element)
  press('Enter', { keyCode: 229 }, page.find('input').element)
  expect(run).not.toHaveBeenCalled()
  press('Enter', { keyCode: 13 }, page.find('input').element)
  expect(run).toHaveBeenCalledTimes(1)
  page.unmount()
})

test('full-width punctuation is the same key', () => {
  const run = vi.fn()
  const page = screen([{ keys: '/', label: '搜索', run }])
  press('Slash', { key: '、' })
  expect(run).toHaveBeenCalled()
  page.unmount()
})

test('Enter on a button presses the button', () => {
  const run = vi.fn()
  const page = screen([{ keys: 'Enter', label: '打开', run }])
  press('Enter', {}, page.find('button').element)
  expect(run).not.toHaveBeenCalled()
  page.unmount()
})

test('two keys one after the other, and not with a long pause', () => {
  const run = vi.fn()
  const page = screen([{ keys: 'G W', label: '去工作台', run }])
  press('KeyG')
  press('KeyW')
  expect(run).toHaveBeenCalledTimes(1)
  press('KeyG')
  const late = new KeyboardEvent('keydown', { code: 'KeyW' })
  Object.defineProperty(late, 'timeStamp', { value: performance.now() + 5000 })
  window.dispatchEvent(late)
  expect(run).toHaveBeenCalledTimes(1)
  page.unmount()
})

test('a modal list hides the lists below it and gives them back', () => {
  const below = vi.fn()
  const above = vi.fn()
  const page = screen([{ keys: 'A', label: '', run: below }])
  const sheet = screen([{ keys: 'Esc', label: '', run: above }], true)
  expect(activeHotkeys()).toHaveLength(1)
  press('KeyA')
  press('Escape')
  expect(below).not.toHaveBeenCalled()
  expect(above).toHaveBeenCalled()
  sheet.unmount()
  press('KeyA')
  expect(below).toHaveBeenCalled()
  page.unmount()
})

test('an unfit key runs nothing, and the next list is asked', () => {
  const first = vi.fn()
  const second = vi.fn()
  const below = screen([{ keys: 'Esc', label: '', run: second }])
  const above = screen([{ keys: 'Esc', label: '', run: first, when: () => false }])
  const event = press('Escape')
  expect(first).not.toHaveBeenCalled()
  expect(second).toHaveBeenCalled()
  expect(event.defaultPrevented).toBe(true)
  above.unmount()
  below.unmount()
})

test('the release of a key that did something does not reach what has the focus then', () => {
  const page = screen([{ keys: 'Ctrl+Enter', label: '', run: () => undefined, inFields: true }])
  const heard = vi.fn()
  page.find('button').element.addEventListener('keyup', heard)
  const release = (code: string) =>
    page.find('button').element.dispatchEvent(new KeyboardEvent('keyup', { code, bubbles: true }))
  press('Enter', { ctrlKey: true }, page.find('input').element)
  release('Enter')
  expect(heard).not.toHaveBeenCalled()
  release('Enter')
  expect(heard).toHaveBeenCalledTimes(1)
  page.unmount()
})

test('Ctrl+Enter is ours even where a control takes every Enter', () => {
  const run = vi.fn()
  const page = screen([{ keys: 'Ctrl+Enter', label: '', run }])
  const input = page.find('input').element
  input.addEventListener('keydown', (event) => event.preventDefault())
  press('Enter', { ctrlKey: true }, input)
  expect(run).toHaveBeenCalledTimes(1)
  page.unmount()
})
