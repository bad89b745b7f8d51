// Reads the queue: the cases that wait for somebody, each asked which letters it could have now.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import * as cases from '@/backend/cases'
import { toBackendError, type BackendError } from '@/backend/call'
import { onChanged } from '@/backend/events'
import * as letters from '@/backend/letters'
import type { CaseRow } from '@/backend/shapes'
import { itemsOf, together, type QueueItem } from './queue'

/** More than this many cases at once nobody works through; the search finds the others. */
const most = 400

export function useQueue() {
  const byCase = shallowRef(new Map<string, QueueItem[]>())
  const reading = ref(false)
  const done = ref(0)
  const total = ref(0)
  const error = ref<BackendError>()
  let round = 0

  const items = computed(() => [...byCase.value.values()].flat())

  async function reload() {
    const mine = ++round
    reading.value = true
    error.value = undefined
    done.value = 0
    try {
      const rows = await openCases()
      if (mine !== round) return
      total.value = rows.length
      const next = new Map<string, QueueItem[]>()
      await together(
        rows,
        async (row) => {
          next.set(row.number, itemsOf(row, await letters.kinds(row.number)))
          if (mine === round) done.value = next.size
        },
        () => mine !== round,
      )
      if (mine === round) byCase.value = next
    } catch (thrown) {
      if (mine === round) error.value = toBackendError(thrown)
    } finally {
      if (mine === round) reading.value = false
    }
  }

  async function openCases(): Promise<CaseRow[]> {
    const list = await cases.workList()
    const seen = new Map<string, CaseRow>()
    for (const group of list.groups) for (const row of group.rows) seen.set(row.number, row)
    return [...seen.values()].slice(0, most)
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  const off = onChanged((change) => {
    if (change.kind !== 'cases' && change.kind !== 'office') return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), 300)
  })
  onScopeDispose(() => {
    round++
    clearTimeout(timer)
    off()
  })
  void reload()

  return { items, reading, done, total, error, reload }
}
