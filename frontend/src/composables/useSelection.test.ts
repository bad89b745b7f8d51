import { expect, test } from 'vitest'
import { useSelection } from './useSelection'

const idAt = (at: number) => (at < 5 ? `r${at}` : undefined)

test('ticking twice is not ticking', () => {
  const s = useSelection()
  s.toggle('r1', 1)
  s.toggle('r2', 2)
  s.toggle('r1', 1)
  expect([...s.ids.value]).toEqual(['r2'])
  expect(s.count.value).toBe(1)
})

test('a range reaches from the last tick in both directions and skips what is not loaded', () => {
  const s = useSelection()
  s.toggle('r3', 3)
  s.extend(1, idAt)
  expect([...s.ids.value].sort()).toEqual(['r1', 'r2', 'r3'])
  s.extend(9, idAt)
  expect([...s.ids.value].sort()).toEqual(['r1', 'r2', 'r3', 'r4'])
  s.clear()
  expect(s.count.value).toBe(0)
})
