// The letters of one case: those that went out, and those it could have now.
import type { LetterKind, LetterRow } from '@/backend/shapes'

export interface LetterItem {
  key: string
  kind: string
  label: string
  state: 'ready' | 'missing' | 'issued' | 'voided'
  /** 文号, of an issued one. */
  number: string
  letter: LetterRow | undefined
  missing: LetterKind['missing']
}

export const stateWords: Record<LetterItem['state'], string> = {
  ready: '齐全',
  missing: '缺项',
  issued: '已签发',
  voided: '已作废',
}

/** itemsOfCase lists what can still go out first, then what went out, the newest first. */
export function itemsOfCase(kinds: LetterKind[], letters: LetterRow[]): LetterItem[] {
  const out = new Set(letters.filter((l) => !l.voided).map((l) => l.kind))
  const open = kinds
    .filter((k) => !out.has(k.kind))
    .map((k): LetterItem => ({
      key: k.kind,
      kind: k.kind,
      label: k.label,
      state: k.complete ? 'ready' : 'missing',
      number: '',
      letter: undefined,
      missing: k.missing,
    }))
  const issued = [...letters]
    .sort((a, b) => b.issued_at.localeCompare(a.issued_at))
    .map((l): LetterItem => ({
      key: l.id,
      kind: l.kind,
      label: l.label,
      state: l.voided ? 'voided' : 'issued',
      number: l.number,
      letter: l,
      missing: [],
    }))
  return [...open, ...issued]
}

/** choose keeps the choice where it is still there, else takes what is wanted (a kind, or an issued letter's id), else the first. */
export function choose(items: LetterItem[], key: string, wanted: string): LetterItem | undefined {
  return (
    items.find((i) => i.key === key) ??
    items.find((i) => i.kind === wanted && i.state !== 'voided') ??
    items.find((i) => i.kind === wanted || i.key === wanted) ??
    items[0]
  )
}
