// One message and the form beside it.
import { computed, ref, shallowRef, watch } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import * as mail from '@/backend/mail'
import * as settings from '@/backend/settings'
import type { MessageDetail, RegimeForm, RegimeRow, RegisterInput, Suggested } from '@/backend/shapes'
import type { Values } from '@/components/form/guards'
import { nowInChina, refusedPath, startValues, toSend } from '@/components/form/values'
import { desk } from '@/composables/useDesk'
import { remember } from '@/composables/useUndo'
import { toast } from '@/composables/useToasts'
import { useResource } from '@/composables/useResource'
import { known } from '@/pages/register/registration'
import { fitting, missingOf, setPath, tidy } from './form'

export function useMessage(id: () => string | undefined, after: () => void) {
  const read = useResource(id, mail.message)
  const input = shallowRef<RegisterInput>()
  const tried = ref(false)
  const busy = ref(false)
  const error = shallowRef<BackendError>()
  const regimes = ref<RegimeRow[]>([])
  const regimeForm = shallowRef<RegimeForm>()
  /** What the rulebook asks beyond the fields of every complaint. */
  const own = ref<Values>({})
  const facts = computed<Values>(() => (input.value ? { ...known(input.value), ...own.value } : {}))
  /** Where Go refused, until that field changes. */
  const refused = ref<Record<string, string>>({})

  const detail = computed<MessageDetail | undefined>(() =>
    read.data.value?.id === id() ? read.data.value : undefined,
  )
  const missing = computed(() =>
    input.value ? missingOf(input.value, regimeForm.value?.fields, facts.value) : [],
  )
  const faults = computed<Record<string, string>>(() => ({
    ...(tried.value ? Object.fromEntries(missing.value.map((f) => [f.path, f.words])) : {}),
    ...refused.value,
  }))
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
    own.value = startOf(regimeForm.value)
    refused.value = {}
    tried.value = false
    error.value = undefined
  })

  watch(
    () => input.value?.regime,
    async (regime) => {
      regimeForm.value = undefined
      refused.value = {}
      if (!regime) return
      try {
        const form = await settings.regimeForm(regime)
        if (input.value?.regime !== regime) return
        input.value = fitting(input.value, form)
        regimeForm.value = form
        own.value = startOf(form)
      } catch (thrown) {
        error.value = toBackendError(thrown)
      }
    },
  )

  /** A machine whose clock cannot be right gets no prefilled time. */
  const startOf = (form: RegimeForm | undefined) =>
    startValues(form?.fields ?? [], desk.status?.clock_warn ? '' : nowInChina(new Date()))

  watch(
    own,
    () => {
      for (const path of Object.keys(refused.value))
        if (path.startsWith('fields.')) delete refused.value[path]
    },
    { deep: true },
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
    delete refused.value[path]
  }

  async function act(task: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = undefined
    refused.value = {}
    try {
      await task()
      after()
      return true
    } catch (thrown) {
      error.value = toBackendError(thrown)
      const { field, message } = error.value
      if (field) refused.value = { [refusedPath(field, regimeForm.value?.fields ?? [])]: message }
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
    const fields = toSend(regimeForm.value?.fields ?? [], facts.value)
    return act(async () => {
      const made = await mail.register(now.id, { ...form, fields, message: now.id })
      remember(made.number, made.act, `已登记 ${made.number}`)
    })
  }

  /** What every part of this message begins with; undefined while there is no form. */
  const letter = computed<RegisterInput | undefined>(() =>
    input.value
      ? { ...tidy(input.value), fields: toSend(regimeForm.value?.fields ?? [], facts.value) }
      : undefined,
  )
  async function partsMade(numbers: string[]): Promise<void> {
    await act(async () => {
      toast(`已登记 ${numbers.join('、')}`)
      await read.reload()
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
    own,
    facts,
    faults,
    missing,
    suggestions,
    open,
    loadRegimes,
    set,
    register,
    letter,
    partsMade,
    dismiss,
    join,
  }
}
