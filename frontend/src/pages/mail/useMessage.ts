// One message and the form beside it.
import { computed, ref, shallowRef, watch } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import * as mail from '@/backend/mail'
import * as settings from '@/backend/settings'
import type { MessageDetail, RegimeForm, RegimeRow, RegisterInput, Suggested } from '@/backend/shapes'
import { remember } from '@/composables/useUndo'
import { toast } from '@/composables/useToasts'
import { useResource } from '@/composables/useResource'
import { missingOf, setPath, tidy } from './form'

export function useMessage(id: () => string | undefined, after: () => void) {
  const read = useResource(id, mail.message)
  const input = shallowRef<RegisterInput>()
  const tried = ref(false)
  const busy = ref(false)
  const error = shallowRef<BackendError>()
  const regimes = ref<RegimeRow[]>([])
  const regimeForm = shallowRef<RegimeForm>()

  const detail = computed<MessageDetail | undefined>(() =>
    read.data.value?.id === id() ? read.data.value : undefined,
  )
  const missing = computed(() => (input.value ? missingOf(input.value) : []))
  const suggestions = computed(() => {
    const by = new Map<string, Suggested>()
    for (const s of detail.value?.suggestion ?? []) by.set(s.field, s)
    return by
  })
  /** A message that is a case already, or cannot be read, has no form. */
  const open = computed(() => ['new', 'dismissed'].includes(detail.value?.state ?? ''))

  watch(detail, (now, before) => {
    if (now?.id === before?.id && input.value) return
    input.value = now ? { ...now.input } : undefined
    tried.value = false
    error.value = undefined
  })

  watch(
    () => input.value?.regime,
    async (regime) => {
      regimeForm.value = undefined
      if (!regime) return
      try {
        const form = await settings.regimeForm(regime)
        if (input.value?.regime === regime) regimeForm.value = form
      } catch (thrown) {
        error.value = toBackendError(thrown)
      }
    },
  )

  async function loadRegimes() {
    try {
      regimes.value = await settings.regimes()
    } catch (thrown) {
      error.value = toBackendError(thrown)
    }
  }

  function set(path: string, value: string) {
    if (input.value) input.value = setPath(input.value, path, value)
  }

  async function act(task: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = undefined
    try {
      await task()
      after()
      return true
    } catch (thrown) {
      error.value = toBackendError(thrown)
      return false
    } finally {
      busy.value = false
    }
  }

  async function register(): Promise<boolean> {
    const now = detail.value
    if (!now || !input.value || !open.value) return false
    tried.value = true
    if (missing.value.length > 0) return false
    const form = tidy(input.value)
    return act(async () => {
      const made = await mail.register(now.id, { ...form, message: now.id })
      remember(made.number, made.act, `已登记 ${made.number}`)
    })
  }

  async function dismiss(reason: string): Promise<boolean> {
    const now = detail.value
    if (!now) return false
    return act(async () => {
      await mail.dismiss(now.id, reason)
      toast(`已标为非投诉：${reason}`)
    })
  }

  async function join(number: string): Promise<boolean> {
    const now = detail.value
    if (!now) return false
    return act(async () => {
      const change = await mail.join(now.id, number)
      toast(change.line || `已并入 ${number}`)
    })
  }

  return {
    read,
    detail,
    input,
    tried,
    busy,
    error,
    regimes,
    regimeForm,
    missing,
    suggestions,
    open,
    loadRegimes,
    set,
    register,
    dismiss,
    join,
  }
}
