// What the whole window knows: is there a data folder, who is in, how is the exchange, what is today.
import { computed, reactive, readonly } from 'vue'
import { BackendError, toBackendError } from '@/backend/call'
import { onChanged, onLocked } from '@/backend/events'
import * as cases from '@/backend/cases'
import * as mail from '@/backend/mail'
import * as settings from '@/backend/settings'
import * as setup from '@/backend/setup'
import * as share from '@/backend/share'
import type { SetupStatus, ShareStatus } from '@/backend/shapes'

interface DeskState {
  status: SetupStatus | undefined
  error: BackendError | undefined
  officer: string
  officeName: string
  share: ShareStatus | undefined
  conflicts: number
  newMail: number
  waiting: number
  today: string
  holiday: string
}

const state = reactive<DeskState>({
  status: undefined,
  error: undefined,
  officer: '',
  officeName: '',
  share: undefined,
  conflicts: 0,
  newMail: 0,
  waiting: 0,
  today: '',
  holiday: '',
})

export const desk = readonly(state)
export const isOpen = computed(() => state.status?.unlocked === true)

/** Asks Go where we stand; called at start, after unlocking and after locking. */
export async function refreshDesk(officer?: string): Promise<void> {
  try {
    state.status = await setup.status()
    state.error = undefined
    if (officer !== undefined) state.officer = officer
    else if (state.officer === '') state.officer = state.status.officers[0] ?? ''
    if (state.status.unlocked) await refreshFrame()
  } catch (thrown) {
    state.error = toBackendError(thrown)
  }
}

/** The counts and words of the frame. Each may fail alone: the frame is never the reason for a banner. */
export async function refreshFrame(): Promise<void> {
  const quiet = async (read: () => Promise<void>) => {
    try {
      await read()
    } catch {
      // The page that shows the thing itself says why.
    }
  }
  await Promise.all([
    quiet(async () => {
      const list = await cases.workList()
      state.today = list.today
      state.holiday = list.holiday
      state.waiting = list.groups.reduce((sum, group) => sum + group.total, 0)
    }),
    quiet(async () => {
      state.share = await share.status()
    }),
    quiet(async () => {
      state.conflicts = (await share.contradictions()).length
    }),
    quiet(async () => {
      state.newMail = (await mail.messages('new', '', 0, 1)).counts.new ?? 0
    }),
    quiet(async () => {
      state.officeName = (await settings.profile()).profile.office_name
    }),
  ])
}

/** Called once by the window. */
export function followDesk(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const offs = [
    onLocked(() => void refreshDesk()),
    onChanged(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void refreshFrame(), 200)
    }),
  ]
  return () => {
    clearTimeout(timer)
    offs.forEach((off) => off())
  }
}

export async function lockDesk(): Promise<void> {
  try {
    await setup.lock()
  } finally {
    await refreshDesk()
  }
}

/** Tells Go that somebody is here, at most every 20 seconds. */
export function watchPresence(): () => void {
  let last = 0
  const here = () => {
    const now = Date.now()
    if (now - last < 20_000 || !isOpen.value) return
    last = now
    void setup.touch().catch(() => undefined)
  }
  for (const event of ['pointerdown', 'keydown', 'wheel'])
    window.addEventListener(event, here, { passive: true })
  return () => {
    for (const event of ['pointerdown', 'keydown', 'wheel']) window.removeEventListener(event, here)
  }
}
