import { afterEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { Changed } from '@/backend/events'

let tell: (change: Changed) => void = () => undefined
vi.mock('@/backend/events', () => ({
  onChanged: (heard: (change: Changed) => void) => {
    tell = heard
    return () => (tell = () => undefined)
  },
}))
const { anyOf, useResource } = await import('./useResource')

afterEach(() => vi.useRealTimers())
const settle = () => new Promise((r) => setTimeout(r))

test('a late answer to an old key is thrown away', async () => {
  const key = ref('slow')
  const answers: Record<string, (v: string) => void> = {}
  const scope = effectScope()
  const r = scope.run(() =>
    useResource(
      () => key.value,
      (k) => new Promise<string>((ok) => (answers[k] = ok)),
    ),
  )
  key.value = 'quick'
  await nextTick()
  answers.quick?.('Q')
  await settle()
  answers.slow?.('S')
  await settle()
  expect(r?.data.value).toBe('Q')
  scope.stop()
})

test('many changes are one reading, and others are none', async () => {
  vi.useFakeTimers()
  const fetch = vi.fn(() => Promise.resolve(1))
  const scope = effectScope()
  scope.run(() => useResource(() => 'k', fetch, anyOf('cases')))
  for (let i = 0; i < 50; i++) tell({ kind: 'cases', ids: [] })
  tell({ kind: 'share', ids: [] })
  await vi.advanceTimersByTimeAsync(100)
  expect(fetch).toHaveBeenCalledTimes(2)
  scope.stop()
  tell({ kind: 'cases', ids: [] })
  await vi.advanceTimersByTimeAsync(100)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('an error is kept with its sentence and the old data stays', async () => {
  let fail = false
  const scope = effectScope()
  const r = scope.run(() =>
    useResource(
      () => 'k',
      () => (fail ? Promise.reject(new Error('{"code":"x","message":"坏了"}')) : Promise.resolve('good')),
    ),
  )
  await settle()
  fail = true
  await r?.reload()
  expect(r?.data.value).toBe('good')
  expect(r?.error.value?.message).toBe('坏了')
  fail = false
  await r?.reload()
  expect(r?.error.value).toBeUndefined()
  scope.stop()
})
