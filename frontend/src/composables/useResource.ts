// One thing read from Go: read when its key changes, read again when Go says it changed. A late answer
// to an old key is thrown away. Go answers in milliseconds, so there is no cache.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { BackendError, toBackendError } from '@/backend/call'
import { onChanged, type Changed } from '@/backend/events'

export interface Resource<T> {
  data: ShallowRef<T | undefined>
  error: Ref<BackendError | undefined>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * key: what decides what to read; undefined means nothing to read now.
 * fits: which changes make it stale.
 */
export function useResource<K, T>(
  key: () => K | undefined,
  fetch: (key: K) => Promise<T>,
  fits: (change: Changed) => boolean = () => false,
): Resource<T> {
  const data = shallowRef<T>()
  const error = ref<BackendError>()
  const loading = ref(false)
  let asked = 0

  async function reload(): Promise<void> {
    const now = key()
    const mine = ++asked
    if (now === undefined) {
      data.value = undefined
      error.value = undefined
      loading.value = false
      return
    }
    loading.value = true
    try {
      const answer = await fetch(now)
      if (mine !== asked) return
      data.value = answer
      error.value = undefined
    } catch (thrown) {
      if (mine !== asked) return
      error.value = toBackendError(thrown)
    }
    loading.value = false
  }

  watch(key, () => void reload(), { immediate: true })

  // A round of exchange can tell hundreds of changes: read once for all of them.
  let timer: ReturnType<typeof setTimeout> | undefined
  const off = onChanged((change) => {
    if (!fits(change)) return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), 30)
  })
  onScopeDispose(() => {
    asked++
    clearTimeout(timer)
    off()
  })
  return { data, error, loading, reload }
}

/** Stale when anything of these kinds changed. */
export const anyOf =
  (...kinds: Changed['kind'][]) =>
  (change: Changed): boolean =>
    kinds.includes(change.kind)
