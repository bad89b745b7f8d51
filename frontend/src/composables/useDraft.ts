// A form that survives a crash: saved to the data folder (encrypted, never in the browser's storage)
// shortly after typing stops, offered again when the form is opened.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import * as drafts from '@/backend/drafts'

export interface Draft {
  /** The form holds what was typed earlier. */
  restored: Ref<boolean>
  /** "10:32", or empty. */
  savedAt: Ref<string>
  /** Forgets the draft; the form is left to the caller. */
  drop: () => Promise<void>
  /** Looks for an earlier draft; then saving begins. */
  restore: () => Promise<void>
  /** Saves at once what has not been saved yet. */
  flush: () => Promise<void>
}

const pause = 700

export function useDraft<T extends object>(
  id: () => string,
  title: () => string,
  form: Ref<T>,
  worthKeeping: (form: T) => boolean,
): Draft {
  const restored = ref(false)
  const savedAt = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let live = false
  let dirty = false

  async function save(): Promise<void> {
    clearTimeout(timer)
    if (!dirty) return
    dirty = false
    try {
      await drafts.save({ id: id(), title: title(), at: '', data: { ...form.value } })
      savedAt.value = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
    } catch {
      // The form itself is still on the screen; the next keystroke tries again.
      dirty = true
      savedAt.value = ''
    }
  }

  async function restore(): Promise<void> {
    live = false
    try {
      const found = (await drafts.list()).find((d) => d.id === id())
      if (found && worthKeeping(found.data as T)) {
        form.value = { ...form.value, ...(found.data as T) }
        restored.value = true
      }
    } catch {
      // No draft is no reason not to write a new form.
    }
    queueMicrotask(() => (live = true))
  }

  async function drop(): Promise<void> {
    clearTimeout(timer)
    dirty = false
    restored.value = false
    savedAt.value = ''
    try {
      await drafts.drop(id())
    } catch {
      // It was sent or emptied; a draft too many does no harm.
    }
  }

  watch(
    form,
    () => {
      if (!live || !worthKeeping(form.value)) return
      dirty = true
      clearTimeout(timer)
      timer = setTimeout(() => void save(), pause)
    },
    { deep: true },
  )
  onScopeDispose(() => void save())
  return { restored, savedAt, drop, restore, flush: save }
}
