// Ctrl+Z: the last reversible act of this sitting, taken back by a further act.
import { computed, ref } from 'vue'
import * as cases from '@/backend/cases'
import { toBackendError } from '@/backend/call'
import type { Change } from '@/backend/shapes'
import { dismissToast, toast } from './useToasts'

interface Done {
  number: string
  entry: string
  line: string
  toast: number
}

const stack = ref<Done[]>([])
const limit = 20

export const lastUndoable = computed(() => stack.value.at(-1))

/** Tells the officer what was done and keeps the way back. */
export function didAct(change: Change, words = change.line): void {
  const { number } = change.row
  if (!change.reversible) {
    toast(words)
    return
  }
  remember(number, change.act, words)
}

export function remember(number: string, entry: string, words: string): void {
  const done: Done = { number, entry, line: words, toast: 0 }
  // One way back on the screen at a time; Ctrl+Z still knows the earlier ones.
  if (lastUndoable.value) dismissToast(lastUndoable.value.toast)
  done.toast = toast(words, { undo: () => undo(entry) })
  stack.value = [...stack.value, done].slice(-limit)
}

async function undo(entry: string): Promise<void> {
  const done = stack.value.find((d) => d.entry === entry)
  if (!done) return
  // Out first, so that pressing Ctrl+Z twice quickly takes back two acts and not one act twice.
  stack.value = stack.value.filter((d) => d !== done)
  dismissToast(done.toast)
  try {
    await cases.undo(done.number, done.entry)
    toast(`已撤销：${done.line.replace(/^已(办理)?/, '')}`)
  } catch (thrown) {
    const error = toBackendError(thrown)
    toast(`未能撤销：${error.message}${error.hint ? `，${error.hint}` : ''}`)
  }
}

export async function undoLast(): Promise<void> {
  const done = lastUndoable.value
  if (done) await undo(done.entry)
}
