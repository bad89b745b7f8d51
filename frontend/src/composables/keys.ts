// Names of keys and what an event says about them. Keys are matched by their place on the keyboard
// (event.code), because full-width punctuation changes event.key in the middle of Chinese input.

const codes: Record<string, string> = {
  '/': 'Slash',
  '?': 'Shift+Slash',
  Esc: 'Escape',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Del: 'Delete',
  '+': 'Equal',
  '-': 'Minus',
}

/** "Ctrl+K" → "Ctrl+KeyK", "?" → "Shift+Slash", "Shift+Down" → "Shift+ArrowDown". */
export function chordOf(name: string): string {
  const parts = name.length > 1 ? name.split(/\+(?=.)/) : [name]
  const last = parts.pop() ?? ''
  const code =
    codes[last] ?? (/^[A-Z]$/.test(last) ? `Key${last}` : /^[0-9]$/.test(last) ? `Digit${last}` : last)
  return [...parts, code].join('+')
}

/** The chord an event stands for; the Enter and Slash of the number block are the same keys. */
export function chordOfEvent(event: KeyboardEvent): string {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey) parts.push('Shift')
  parts.push(event.code.replace(/^Numpad(Enter|Add|Subtract|Divide)$/, (_, key: string) => numpad[key] ?? ''))
  return parts.join('+')
}

const numpad: Record<string, string> = { Enter: 'Enter', Add: 'Equal', Subtract: 'Minus', Divide: 'Slash' }

/** WebKit ends a composition before the Enter that ended it arrives, with the old keyCode 229. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** Does typing into the target write text? */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}

const pressable =
  'button, a[href], input[type=checkbox], input[type=radio], summary, [role=button], [role=tab], [role=option], ' +
  '[role=menuitem], [role=radio], [role=checkbox], [role=switch], .n-base-selection, [data-own-enter]'

/** Does Enter or Space on the target already mean something: a button, a tab, a list that is open? */
export const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(pressable) !== null

/** Boxes and buttons to tick know Space alone: Enter on them is free for the form they stand in. */
export const isTick = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio')
