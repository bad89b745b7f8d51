// How the choices of a field are laid out.
import type { FieldRow, OptionRow } from '@/backend/shapes'

/** More than this many are a list to type into. */
const mostRadios = 5
const mostBoxes = 16
/** A label longer than this needs a line of its own. */
const longLabel = 14

export type Layout = 'row' | 'tall' | 'list'

export function choicesShown(field: Pick<FieldRow, 'type' | 'options'>): Layout {
  const { options } = field
  if (options.length > (field.type === 'multichoice' ? mostBoxes : mostRadios)) return 'list'
  return options.some((o) => o.help || [...o.label].length > longLabel) ? 'tall' : 'row'
}

/** An article that all choices share says nothing of any one of them; it stands over the form already. */
export function articleOf(options: readonly OptionRow[], option: OptionRow): string {
  const articles = new Set(options.flatMap((o) => o.article || []))
  return articles.size > 1 ? (option.article ?? '') : ''
}
