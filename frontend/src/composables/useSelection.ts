// Which rows of a list are ticked. Ids, not places: a list moves under the ticks.
import { computed, shallowRef } from 'vue'

export function useSelection() {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  /** Where a range begins. */
  let anchor = -1

  const has = (id: string): boolean => ids.value.has(id)

  function toggle(id: string, at: number): void {
    const next = new Set(ids.value)
    if (!next.delete(id)) next.add(id)
    ids.value = next
    anchor = at
  }

  /** Everything from the anchor to here; rows that are not loaded yet have no id and are left out. */
  function extend(to: number, idAt: (at: number) => string | undefined): void {
    if (anchor < 0) anchor = to
    const next = new Set(ids.value)
    for (let at = Math.min(anchor, to); at <= Math.max(anchor, to); at++) {
      const id = idAt(at)
      if (id !== undefined) next.add(id)
    }
    ids.value = next
  }

  function setAll(all: Iterable<string>): void {
    ids.value = new Set(all)
  }

  function clear(): void {
    ids.value = new Set()
    anchor = -1
  }

  return { ids, count: computed(() => ids.value.size), has, toggle, extend, setAll, clear }
}

export type Selection = ReturnType<typeof useSelection>
