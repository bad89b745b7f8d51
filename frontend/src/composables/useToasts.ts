// Short words at the lower right that something was done, with a way back. Errors that need an answer
// are never here: they stay where they happened.
import { reactive, readonly } from 'vue'

export interface Toast {
  id: number
  text: string
  /** Takes the deed back. */
  undo?: () => Promise<void>
  /** Opens what the words are about. */
  open?: () => void
}

export const toastTime = 8000

const toasts = reactive<Toast[]>([])
let next = 1

export const shownToasts = readonly(toasts)

export function toast(text: string, more: Pick<Toast, 'undo' | 'open'> = {}): number {
  const id = next++
  toasts.push({ id, text, ...more })
  if (toasts.length > 4) toasts.shift()
  setTimeout(() => dismissToast(id), toastTime)
  return id
}

export function dismissToast(id: number): void {
  const at = toasts.findIndex((t) => t.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
