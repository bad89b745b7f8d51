import { expect, test } from 'vitest'
import type { LetterKind, LetterRow } from '@/backend/shapes'
import { choose, itemsOfCase } from './items'

const kind = (id: string, complete = true): LetterKind => ({
  kind: id,
  label: id,
  complete,
  missing: complete ? [] : [{ field: 'court', label: '法院', where: 'profile' }],
})
const letter = (id: string, of: string, at: string, voided = false): LetterRow => ({
  id,
  kind: of,
  label: of,
  number: `〔2026〕${id}号`,
  issued_at: at,
  sha256: '',
  voided,
})

const kinds = [kind('acceptance'), kind('decision', false), kind('record-form')]
const letters = [
  letter('1', 'acceptance', '2026-11-01'),
  letter('2', 'decision', '2026-11-02', true),
  letter('3', 'notice', '2026-11-03'),
]

test('what can go out comes first; what is out is not offered again, what was voided is', () => {
  const items = itemsOfCase(kinds, letters)
  expect(items.map((i) => `${i.key} ${i.state}`)).toEqual([
    'decision missing',
    'record-form ready',
    '3 issued',
    '2 voided',
    '1 issued',
  ])
})

test('the choice follows a letter from draft to issued', () => {
  const before = itemsOfCase(kinds, [])
  expect(choose(before, 'acceptance', 'acceptance')?.state).toBe('ready')
  const after = itemsOfCase(kinds, letters)
  expect(choose(after, 'acceptance', 'acceptance')?.key).toBe('1')
  expect(choose(after, '', 'decision')?.state).toBe('missing')
  expect(choose(after, '', 'none')?.key).toBe('decision')
  expect(choose(after, '', '2')?.state).toBe('voided')
  expect(choose([], '', 'none')).toBeUndefined()
})
