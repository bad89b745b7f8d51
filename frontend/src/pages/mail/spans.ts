// Cuts a message text into pieces so that the places where a suggestion was found can be lit.
// Spans count runes (Unicode code points), as Go does; JavaScript strings count UTF-16 units.

export interface Lit {
  field: string
  start: number
  end: number
}

export interface Piece {
  text: string
  fields: string[]
}

/** pieces covers the whole text; a piece names every field whose span holds it. */
export function pieces(text: string, spans: Lit[]): Piece[] {
  const runes = [...text]
  const valid = spans
    .map((s) => ({ ...s, start: Math.max(0, s.start), end: Math.min(runes.length, s.end) }))
    .filter((s) => s.start < s.end)
  const cuts = new Set([0, runes.length])
  for (const s of valid) cuts.add(s.start).add(s.end)
  const at = [...cuts].sort((a, b) => a - b)
  const out: Piece[] = []
  for (let i = 0; i + 1 < at.length; i++) {
    const from = at[i]!
    const to = at[i + 1]!
    const fields = valid.filter((s) => s.start <= from && to <= s.end).map((s) => s.field)
    out.push({ text: runes.slice(from, to).join(''), fields })
  }
  return out
}

interface SuggestedSpan {
  field: string
  span?: { source: string; start: number; end: number } | null
}

/** litIn picks the spans of one source: text, subject or from. */
export function litIn(source: string, suggested: SuggestedSpan[]): Lit[] {
  return suggested.flatMap((s) =>
    s.span && s.span.source === source ? [{ field: s.field, start: s.span.start, end: s.span.end }] : [],
  )
}
