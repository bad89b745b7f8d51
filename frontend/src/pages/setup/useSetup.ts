// The first run as a small state machine: welcome, three steps, recovery sheet, finish. The data folder
// is made once, after the third step; what step three asked for is done after the recovery sheet.
import { computed, reactive, ref, shallowRef } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import * as mail from '@/backend/mail'
import * as setup from '@/backend/setup'
import * as share from '@/backend/share'
import type { InitInput, InitResult, MailAccount } from '@/backend/shapes'
import { emptyForm, problemsOf, type Problems, type SetupField, type SetupForm } from './steps'

export type Screen = 'welcome' | 'steps' | 'recovery' | 'finish'

export interface ShareWish {
  kind: 'later' | 'create' | 'join'
  folder: string
  invitation: string
}

export interface Outcome {
  ok: boolean
  line: string
  hint: string
}

export const newAccount = (): MailAccount => ({
  id: '',
  server: '',
  user: '',
  tls: 'on',
  folder: 'INBOX',
  ca_file: '',
  password: '',
  saved: false,
})

export function initInput(form: SetupForm): InitInput {
  const text = (value: string) => value.trim() || undefined
  return {
    office_code: form.officeCode.toUpperCase(),
    office_name: form.officeName.trim(),
    officer: form.officer.trim(),
    password: form.password,
    issuer: text(form.issuer),
    capacity: text(form.capacity),
    sector: text(form.sector),
    code_word: text(form.codeWord),
    review_body: text(form.reviewBody),
    court: text(form.court),
    regime: text(form.regime),
  }
}

/** Go names fields in its own spelling; errors go back to the input they belong to. */
const fieldNames: Record<string, SetupField> = {
  office_code: 'officeCode',
  office_name: 'officeName',
  officer: 'officer',
  password: 'password',
  issuer: 'issuer',
  capacity: 'capacity',
  sector: 'sector',
  code_word: 'codeWord',
  review_body: 'reviewBody',
  court: 'court',
  regime: 'regime',
}

export function useSetup() {
  const screen = ref<Screen>('welcome')
  const step = ref(0)
  const form = reactive(emptyForm())
  const tried = ref(false)
  const refused = ref<Problems>({})
  const busy = ref(false)
  const error = shallowRef<BackendError>()
  const result = shallowRef<InitResult>()
  const wish = reactive<ShareWish>({ kind: 'later', folder: '', invitation: '' })
  const account = reactive(newAccount())
  const withMail = ref(false)
  const outcomes = ref<Outcome[]>([])

  const problems = computed<Problems>(() => ({
    ...refused.value,
    ...(tried.value ? problemsOf(step.value, form) : {}),
  }))

  /** next leaves the step when it is in order; the answer says whether it did. */
  function next(): boolean {
    tried.value = true
    refused.value = {}
    if (Object.keys(problemsOf(step.value, form)).length > 0) return false
    tried.value = false
    step.value = Math.min(step.value + 1, 2)
    return true
  }

  function back() {
    tried.value = false
    if (step.value === 0) screen.value = 'welcome'
    else step.value--
  }

  async function create() {
    busy.value = true
    error.value = undefined
    try {
      result.value = await setup.create(initInput(form))
      const status = await setup.status()
      if (!status.unlocked) await setup.unlock(form.officer.trim(), form.password)
      form.password = form.again = ''
      screen.value = 'recovery'
    } catch (thrown) {
      showRefusal(toBackendError(thrown))
    } finally {
      busy.value = false
    }
  }

  function showRefusal(refusal: BackendError) {
    const field = fieldNames[refusal.field]
    if (!field) error.value = refusal
    else {
      refused.value = { [field]: refusal.message }
      step.value = field === 'regime' ? 1 : 0
    }
  }

  /** finish does what step three asked for; nothing here can lose the new data folder. */
  async function finish() {
    screen.value = 'finish'
    busy.value = true
    if (wish.kind === 'create') await note('共享空间已建立', () => share.create(wish.folder))
    if (wish.kind === 'join') {
      await note('已提出加入申请，等待接纳', () => share.join(wish.folder, wish.invitation))
    }
    if (withMail.value) await note('邮箱已保存', () => mail.setAccount({ ...account }))
    account.password = ''
    busy.value = false
  }

  async function note(done: string, task: () => Promise<unknown>) {
    try {
      await task()
      outcomes.value.push({ ok: true, line: done, hint: '' })
    } catch (thrown) {
      const e = toBackendError(thrown)
      outcomes.value.push({ ok: false, line: e.message, hint: e.hint || '可稍后在设置中重做' })
    }
  }

  return {
    screen,
    step,
    form,
    problems,
    busy,
    error,
    result,
    wish,
    account,
    withMail,
    outcomes,
    next,
    back,
    create,
    finish,
  }
}
