// The one place where keys become deeds. Screens register lists; the newest list is asked first, and a
// modal list (a sheet, the palette) hides all older ones.
import { onActivated, onBeforeUnmount, onDeactivated, shallowReactive } from 'vue'
import { chordOf, chordOfEvent, isComposing, isField, isPressable, isTick } from './keys'

export interface Hotkey {
  /** "Ctrl+K", "J", "?", or two keys one after the other: "G W". */
  keys: string
  /** As the sheet of shortcuts calls it; empty: not listed. A function where it depends on the case. */
  label: string | (() => string)
  run: () => void
  /** Grey and without effect while this is false. */
  when?: () => boolean
  /** Works while a field has the focus. Always so with Ctrl, Alt, F-keys and Esc. */
  inFields?: boolean
}

export interface HotkeyList {
  group: string
  keys: Hotkey[]
  modal: boolean
}

const lists = shallowReactive<HotkeyList[]>([])
const state = { singleKeys: true, first: '', firstAt: 0, swallow: '' }
const patienceForSecondKey = 1200

/** Single letters can be switched off in the settings: some screen readers and habits need them. */
export function setSingleKeys(on: boolean): void {
  state.singleKeys = on
}

/** What is valid now, newest first, for the sheet of shortcuts. */
export function activeHotkeys(): HotkeyList[] {
  const seen: HotkeyList[] = []
  for (const list of [...lists].reverse()) {
    seen.push(list)
    if (list.modal) break
  }
  return seen
}

/** The keys of the lists below a modal one too: the palette and the sheet show what is valid underneath. */
export const allHotkeys = (): HotkeyList[] => [...lists]

export function useHotkeys(group: string, keys: Hotkey[], options: { modal?: boolean } = {}): void {
  const list: HotkeyList = { group, keys, modal: options.modal ?? false }
  const add = () => {
    if (!lists.includes(list)) lists.push(list)
  }
  const remove = () => {
    const at = lists.indexOf(list)
    if (at >= 0) lists.splice(at, 1)
  }
  add()
  onActivated(add)
  onDeactivated(remove)
  onBeforeUnmount(remove)
}

export const labelOf = (key: Hotkey): string => (typeof key.label === 'function' ? key.label() : key.label)

const isSingle = (chord: string): boolean => /^(Shift\+)?(Key[A-Z]|Digit\d|Slash|Space)$/.test(chord)

function mayRun(key: Hotkey, chord: string, event: KeyboardEvent): boolean {
  if (key.when && !key.when()) return false
  const free = /^(Ctrl|Alt)\+/.test(chord) || /F\d+$/.test(chord) || chord === 'Escape'
  if (!free && !key.inFields && isField(event.target)) return false
  // "/" and "?" stay: they are no letters anybody types outside a field.
  if (isSingle(chord) && !chord.endsWith('Slash') && chord !== 'Space' && !state.singleKeys) return false
  if (chord === 'Enter' && isPressable(event.target) && !isTick(event.target)) return false
  if (chord === 'Space' && isPressable(event.target)) return false
  return true
}

/** Exported for tests; the window calls it for every key. */
export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return
  const chord = chordOfEvent(event)
  if (/(Control|Shift|Alt|Meta)(Left|Right)$/.test(chord)) return
  const now = event.timeStamp
  const before = state.first !== '' && now - state.firstAt < patienceForSecondKey ? state.first : ''
  state.first = ''
  for (const wanted of before ? [`${before} ${chord}`, chord] : [chord]) {
    if (tryLists(wanted, chord, event)) return
  }
  if (startsSequence(chord, event)) {
    state.first = chord
    state.firstAt = now
  }
}

function tryLists(wanted: string, chord: string, event: KeyboardEvent): boolean {
  for (const list of activeHotkeys()) {
    for (const key of list.keys) {
      if (key.keys.split(' ').map(chordOf).join(' ') !== wanted || !mayRun(key, chord, event)) continue
      event.preventDefault()
      event.stopPropagation()
      if (/(Enter|Space)$/.test(chord)) swallowRelease(event.code)
      key.run()
      return true
    }
  }
  return false
}

/** The deed may move the focus to a box to tick, which would take the key's release for its own. */
function swallowRelease(code: string): void {
  state.swallow = code
}

function released(event: KeyboardEvent): void {
  if (event.code === state.swallow) event.stopImmediatePropagation()
  state.swallow = ''
}

const startsSequence = (chord: string, event: KeyboardEvent): boolean =>
  activeHotkeys().some((list) =>
    list.keys.some((key) => {
      const [first, second] = key.keys.split(' ')
      return second !== undefined && chordOf(first ?? '') === chord && mayRun(key, chord, event)
    }),
  )

/** Chords go first: a list to choose from takes every Enter for its own, with Ctrl or without. */
function chordFirst(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) pressed(event)
}

/** Called once by the window's frame. */
export function listenForHotkeys(): () => void {
  window.addEventListener('keydown', chordFirst, true)
  window.addEventListener('keydown', pressed)
  window.addEventListener('keyup', released, true)
  return () => {
    window.removeEventListener('keydown', chordFirst, true)
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('keyup', released, true)
  }
}
