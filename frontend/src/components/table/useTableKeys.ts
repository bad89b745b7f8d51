// The keys of every list: they move the cursor, tick rows and open one.
import { useHotkeys } from '@/composables/useHotkeys'

export interface TableKeys {
  total: () => number
  cursor: () => number
  /** Rows that are no rows: headings of groups. */
  skip: (at: number) => boolean
  moveTo: (at: number) => void
  pageRows: () => number
  open?: (at: number) => void
  toggle?: (at: number) => void
  extend?: (at: number) => void
  selectAll?: () => void
  when?: () => boolean
}

/** The nearest row from `from` in the given direction, or the cursor where it is. */
export function step(from: number, by: number, total: number, skip: (at: number) => boolean): number {
  const direction = by < 0 ? -1 : 1
  let at = Math.min(Math.max(from + by, 0), total - 1)
  while (at >= 0 && at < total && skip(at)) at += direction
  if (at >= 0 && at < total) return at
  // Nothing further that way: the last row before the edge is where the cursor ends.
  at = Math.min(Math.max(from + by, 0), total - 1)
  while (at >= 0 && at < total && skip(at)) at -= direction
  return at >= 0 && at < total ? at : from
}

export function useTableKeys(t: TableKeys): void {
  const when = () => t.total() > 0 && (t.when?.() ?? true)
  const move = (by: number) => t.moveTo(step(t.cursor(), by, t.total(), t.skip))
  const to = (at: number, by: number) => t.moveTo(step(at - by, by, t.total(), t.skip))
  const extend = (by: number) => {
    if (!t.extend) return move(by)
    const next = step(t.cursor(), by, t.total(), t.skip)
    t.extend(t.cursor())
    t.extend(next)
    t.moveTo(next)
  }
  const onCursor = (f?: (at: number) => void) => () => {
    if (t.cursor() >= 0 && !t.skip(t.cursor())) f?.(t.cursor())
  }
  useHotkeys('列表', [
    { keys: 'J', label: '下一行', run: () => move(1), when },
    { keys: 'K', label: '上一行', run: () => move(-1), when },
    { keys: 'Down', label: '', run: () => move(1), when },
    { keys: 'Up', label: '', run: () => move(-1), when },
    { keys: 'PageDown', label: '', run: () => move(t.pageRows()), when },
    { keys: 'PageUp', label: '', run: () => move(-t.pageRows()), when },
    { keys: 'Home', label: '第一行', run: () => to(0, 1), when },
    { keys: 'End', label: '最后一行', run: () => to(t.total() - 1, -1), when },
    { keys: 'Enter', label: '打开', run: onCursor(t.open), when: () => when() && t.open !== undefined },
    { keys: 'X', label: '选中', run: onCursor(t.toggle), when: () => when() && t.toggle !== undefined },
    { keys: 'Shift+Down', label: '向下连选', run: () => extend(1), when },
    { keys: 'Shift+Up', label: '向上连选', run: () => extend(-1), when },
    {
      keys: 'Ctrl+A',
      label: '全选',
      run: () => t.selectAll?.(),
      when: () =>
        when() && t.selectAll !== undefined && !(document.activeElement instanceof HTMLInputElement),
    },
  ])
}
