import { beforeEach, expect, test, vi } from 'vitest'
import type { CaseRow, Change } from '@/backend/shapes'

const undo = vi.hoisted(() => vi.fn())
vi.mock('@/backend/cases', () => ({ undo }))
const { didAct, lastUndoable, undoLast } = await import('./useUndo')
const { shownToasts } = await import('./useToasts')

const change = (act: string, reversible = true): Change => ({
  act,
  line: `做了${act}`,
  reversible,
  row: { number: 'TS-1' } as CaseRow,
})

vi.useFakeTimers()
beforeEach(() => {
  undo.mockResolvedValue(change('u'))
})

test('the last reversible act is taken back, then the one before', async () => {
  didAct(change('a'))
  didAct(change('b'))
  didAct(change('c', false))
  await Promise.all([undoLast(), undoLast()])
  expect(undo.mock.calls).toEqual([
    ['TS-1', 'b'],
    ['TS-1', 'a'],
  ])
  expect(lastUndoable.value).toBeUndefined()
  await undoLast()
  expect(undo).toHaveBeenCalledTimes(2)
})

test('what was taken back is named as the deed it was', async () => {
  didAct(change('d'), '已办理“受理” TS-1')
  await undoLast()
  expect(shownToasts.at(-1)?.text).toBe('已撤销：“受理” TS-1')
})

test('a refusal is told with its reason', async () => {
  undo.mockRejectedValue(new Error('{"code":"x","message":"已签发文书","hint":"先作废文书"}'))
  didAct(change('a'))
  await undoLast()
  expect(shownToasts.at(-1)?.text).toBe('未能撤销：已签发文书，先作废文书')
})

test('the words are gone after eight seconds, the way back by key is not', async () => {
  await vi.advanceTimersByTimeAsync(9000)
  didAct(change('z'))
  expect(shownToasts).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(8001)
  expect(shownToasts).toHaveLength(0)
  expect(lastUndoable.value?.entry).toBe('z')
})
