// A list of any length, read from Go in windows of 200 rows as they come into sight.
import { onScopeDispose, ref, shallowRef, triggerRef, watch, type Ref } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import { onChanged, type Changed } from '@/backend/events'

export const windowSize = 200

export interface PagedRows<T> {
  total: Ref<number>
  error: Ref<BackendError | undefined>
  /** False until the first answer to the present question. */
  ready: Ref<boolean>
  rowAt: (at: number) => T | undefined
  /** Tells which rows are in sight; reads them and their neighbours. */
  see: (first: number, last: number) => void
  reload: () => Promise<void>
}

interface Page<T> {
  total: number
  rows: T[]
}

export function usePagedRows<K, T>(
  key: () => K,
  fetch: (key: K, from: number, count: number) => Promise<Page<T>>,
  fits: (change: Changed) => boolean = () => false,
): PagedRows<T> {
  const total = ref(0)
  const error = ref<BackendError>()
  const ready = ref(false)
  const pages = shallowRef(new Map<number, T[]>())
  const asking = new Set<number>()
  let question = 0
  let seen: [number, number] = [0, 0]

  async function read(page: number): Promise<void> {
    if (page < 0 || asking.has(page)) return
    const mine = question
    asking.add(page)
    try {
      const answer = await fetch(key(), page * windowSize, windowSize)
      if (mine !== question) return
      total.value = answer.total
      pages.value.set(page, answer.rows)
      triggerRef(pages)
      error.value = undefined
      ready.value = true
    } catch (thrown) {
      if (mine === question) error.value = toBackendError(thrown)
    } finally {
      if (mine === question) asking.delete(page)
    }
  }

  function visiblePages(): number[] {
    const first = Math.floor(seen[0] / windowSize)
    const last = Math.floor(seen[1] / windowSize)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }

  function see(first: number, last: number): void {
    seen = [first, last]
    // The neighbour is read when its edge is less than a screen away.
    const reach = last - first + 1
    const from = Math.floor(Math.max(0, first - reach) / windowSize)
    const to = Math.floor(Math.max(0, Math.min(total.value - 1, last + reach)) / windowSize)
    for (let page = from; page <= to; page++) if (!pages.value.has(page)) void read(page)
  }

  /** Asks again for what is in sight; the old rows stay until the new ones are there. */
  async function reload(): Promise<void> {
    question++
    asking.clear()
    const wanted = visiblePages()
    await Promise.all(wanted.map(read))
    for (const page of [...pages.value.keys()]) if (!wanted.includes(page)) pages.value.delete(page)
    triggerRef(pages)
  }

  watch(
    key,
    () => {
      question++
      asking.clear()
      seen = [0, 0]
      ready.value = false
      const old = pages.value
      void read(0).then(() => {
        for (const page of [...old.keys()]) if (page !== 0) old.delete(page)
        triggerRef(pages)
      })
    },
    { immediate: true, deep: true },
  )

  let timer: ReturnType<typeof setTimeout> | undefined
  const off = onChanged((change) => {
    if (!fits(change)) return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), 30)
  })
  onScopeDispose(() => {
    question++
    clearTimeout(timer)
    off()
  })

  const rowAt = (at: number): T | undefined => pages.value.get(Math.floor(at / windowSize))?.[at % windowSize]
  return { total, error, ready, rowAt, see, reload }
}
