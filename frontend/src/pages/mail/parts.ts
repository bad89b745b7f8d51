// One letter with several requests: each passage becomes a part with a matter of its own.
import type { RegisterInput } from '@/backend/shapes'

export interface Part {
  matter: string
  request: string
  facts: string
}

/** The parts begin as one of each of the first two matters: nothing of the letter is in them yet. */
export const firstParts = (matters: { id: string }[]): Part[] =>
  [matters[0]?.id ?? '', matters[1]?.id ?? matters[0]?.id ?? ''].map((matter) => ({
    matter,
    request: '',
    facts: '',
  }))

/** A marked passage goes below what the part says already. */
export const withPassage = (part: Part, passage: string): Part => {
  const text = passage.trim()
  if (text === '') return part
  return { ...part, facts: part.facts === '' ? text : `${part.facts}\n${text}` }
}

/** What each part lacks, in words; '' when it can be registered. */
export const lackOf = (part: Part): string => {
  if (part.matter === '') return '选择事项类型'
  return part.facts.trim() === '' && part.request.trim() === '' ? '还没有内容' : ''
}

/** The parts as they are registered: everything but matter and words is the letter's. */
export const registrations = (letter: RegisterInput, parts: Part[]): RegisterInput[] =>
  parts.map((part) => ({
    ...letter,
    message: undefined,
    matter: part.matter,
    request: part.request.trim(),
    facts: part.facts.trim(),
  }))
