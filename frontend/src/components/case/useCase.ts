// One case on the screen: its facts, what may be done to it, and the sheet that does it.
import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import * as cases from '@/backend/cases'
import type { Changed } from '@/backend/events'
import type { ActionRow, CaseDetail, Change, FieldRow, RecordRow, Secrecy } from '@/backend/shapes'
import { useCommands, type Command } from '@/composables/useCommands'
import { useHotkeys, type Hotkey } from '@/composables/useHotkeys'
import { rememberCase } from '@/composables/useRecent'
import { useResource } from '@/composables/useResource'
import { toast } from '@/composables/useToasts'
import { didAct } from '@/composables/useUndo'

/** What opens over a case: an action of the rulebook, a remark, a correction, the choice of another case, a
 * row of who was told or consented, the officers who may see a protected person. */
export type Sheet =
  | { kind: 'action'; action: ActionRow }
  | { kind: 'note' }
  | { kind: 'edit' }
  | { kind: 'join'; how: 'link' | 'merge' }
  | { kind: 'record'; group: FieldRow; row?: RecordRow }
  | { kind: 'confide'; secrecy: Secrecy }

/** Letters a rulebook may give to an action; the others belong to lists and the frame. */
const actionKeys = [...'ABDEFHIMOPQRSTUVWYZ']
/** Where the rulebook names no key, the habit of the desk does. */
const habits: Record<string, string> = { A: 'accept', R: 'refuse', T: 'assign', D: 'decide' }

/** A letter the frame or every list needs is not free, whatever the rulebook wishes. */
export function keyOf(action: ActionRow): string {
  const wished = action.key?.toUpperCase() ?? ''
  if (actionKeys.includes(wished)) return wished
  return Object.keys(habits).find((key) => habits[key] === action.id) ?? ''
}

export function useCase(number: () => string | undefined) {
  const router = useRouter()
  const fits = (change: Changed): boolean =>
    change.kind === 'cases' &&
    (change.ids.length === 0 || !detail.data.value || change.ids.includes(detail.data.value.id))
  const detail = useResource(number, cases.show, fits)
  const actions = useResource(number, (n) => cases.actions(n, true), fits)
  const sheet = ref<Sheet>()

  /** The case that is on the screen: not the last one while the next is being read. */
  const shown = computed<CaseDetail | undefined>(() => {
    const found = detail.data.value
    return found && (found.number === number() || found.id === number()) ? found : undefined
  })
  watch(shown, (found, before) => {
    if (found) rememberCase(found.number, partiesOf(found))
    if (found?.id !== before?.id) sheet.value = undefined
  })
  const allowed = computed(() => (shown.value ? (actions.data.value ?? []).filter((a) => a.allowed) : []))
  const primary = computed(() => allowed.value.find((a) => a.id === shown.value?.primary) ?? undefined)

  function start(action: ActionRow): void {
    if (action.allowed) sheet.value = { kind: 'action', action }
    else toast(action.why || `现在不能${action.label}`)
  }

  /** The sheet goes when the case behind it shows what was done: no key meets what is no longer so. */
  async function did(change: Change, words: string): Promise<void> {
    didAct(change, words)
    await Promise.allSettled([detail.reload(), actions.reload()])
    sheet.value = undefined
  }

  /** A part of the case is registered as a case of its own, on the screen that registers. */
  function split(): void {
    if (shown.value) void router.push({ name: 'split', params: { whole: shown.value.number } })
  }

  return { detail, actions, shown, allowed, primary, sheet, start, did, split }
}

export type OpenCase = ReturnType<typeof useCase>

export const partiesOf = (c: Pick<CaseDetail, 'complainant' | 'respondent'>): string =>
  [c.complainant.name || '未具名', c.respondent.name].filter(Boolean).join(' → ')

/** The keys and palette commands of the case on the screen. */
export function useCaseKeys(open: OpenCase): void {
  const router = useRouter()
  const withKey = (key: string) => open.actions.data.value?.find((a) => keyOf(a) === key)
  const here = () => open.shown.value !== undefined && open.sheet.value === undefined
  const toLetters = () => {
    const number = open.shown.value?.number
    if (number) void router.push({ path: '/letters', query: { case: number } })
  }
  const keys: Hotkey[] = actionKeys.map((key) => ({
    keys: key,
    label: () => withKey(key)?.label ?? '',
    run: () => {
      const action = withKey(key)
      if (action) open.start(action)
    },
    when: () => here() && withKey(key) !== undefined,
  }))
  useHotkeys('案件', [
    ...keys,
    {
      keys: 'Ctrl+D',
      label: '办理下一步',
      run: () => open.primary.value && open.start(open.primary.value),
      when: () => here() && open.primary.value !== undefined,
    },
    { keys: 'C', label: '备注', run: () => (open.sheet.value = { kind: 'note' }), when: here },
    { keys: 'F2', label: '更正', run: () => (open.sheet.value = { kind: 'edit' }), when: here },
    { keys: 'L', label: '文书', run: toLetters, when: here },
    { keys: 'F9', label: '打印预览', run: toLetters, when: here },
  ])
  useCommands((): Command[] => {
    const c = open.shown.value
    if (!c) return []
    return [
      ...(open.actions.data.value ?? []).map((action): Command => ({
        id: `do-${action.track}-${action.id}`,
        group: '做',
        label: action.label,
        words: action.id,
        hint: c.number,
        shortcut: keyOf(action) || undefined,
        why: action.allowed ? undefined : action.why || `现在不能${action.label}`,
        run: () => open.start(action),
      })),
      {
        id: 'note',
        group: '做',
        label: '备注',
        words: 'beizhu bz',
        hint: c.number,
        shortcut: 'C',
        run: () => (open.sheet.value = { kind: 'note' }),
      },
      {
        id: 'edit',
        group: '做',
        label: '更正',
        words: 'gengzheng gz bianji',
        hint: c.number,
        shortcut: 'F2',
        run: () => (open.sheet.value = { kind: 'edit' }),
      },
      {
        id: 'letters',
        group: '做',
        label: '打印文书',
        words: 'dayin wenshu ws',
        hint: c.number,
        shortcut: 'L',
        run: toLetters,
      },
      ...joinCommands(open, c),
    ]
  })
}

function joinCommands(open: OpenCase, c: CaseDetail): Command[] {
  const command = (id: string, label: string, words: string, run: () => void): Command => ({
    id,
    group: '做',
    label,
    words,
    hint: c.number,
    run,
  })
  return [
    command('link', '关联另一案件', 'guanlian gl', () => (open.sheet.value = { kind: 'join', how: 'link' })),
    command('merge', '并案', 'bingan ba', () => (open.sheet.value = { kind: 'join', how: 'merge' })),
    command('split', '分案', 'fenan fa', open.split),
  ]
}
