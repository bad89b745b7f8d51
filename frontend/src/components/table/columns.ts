// What a table's columns are and how wide they get.

export interface Column<T> {
  key: string
  title: string
  /** Pixels at the start; the officer may drag it. */
  width: number
  min?: number
  /** Takes what is left. One or two columns of a table. */
  grow?: boolean
  align?: 'right'
  /** What stands in the cell when the table's user gives no slot cell-KEY. */
  text?: (row: T) => string
}

export const smallest = 48
const largest = 900

export const clampWidth = (width: number, min = smallest): number =>
  Math.round(Math.min(Math.max(width, min), largest))

/** The CSS grid of one row. A growing column still never gets narrower than it was dragged to. */
export function gridTemplate(
  columns: readonly Pick<Column<unknown>, 'key' | 'width' | 'min' | 'grow'>[],
  widths: Readonly<Record<string, number>>,
  selectable: boolean,
): string {
  const tracks = columns.map((c) => {
    const width = clampWidth(widths[c.key] ?? c.width, c.min)
    return c.grow ? `minmax(${width}px, 1fr)` : `${width}px`
  })
  return [...(selectable ? ['36px'] : []), ...tracks].join(' ')
}
