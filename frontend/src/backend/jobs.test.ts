import { afterEach, expect, test, vi } from 'vitest'

const heard = vi.hoisted(() => new Map<string, (data: unknown) => void>())
vi.mock('./events', () => ({
  onJobDone: (f: (d: unknown) => void) => (heard.set('done', f), () => heard.delete('done')),
  onJobProgress: (f: (d: unknown) => void) => (heard.set('progress', f), () => heard.delete('progress')),
}))
const cancel = vi.hoisted(() => vi.fn(() => Promise.resolve()))
vi.mock('../wailsjs/go/app/Jobs', () => ({ Cancel: cancel }))
const { runJob, isCancelled } = await import('./jobs')

const tell = (what: 'done' | 'progress', data: unknown) => heard.get(what)?.(data)
afterEach(() => heard.clear())

test('a job tells its progress and its result, and stops listening', async () => {
  const steps: number[] = []
  const job = runJob<string>(
    () => Promise.resolve('j1'),
    (done) => steps.push(done),
  )
  await Promise.resolve()
  await new Promise((r) => setTimeout(r))
  tell('progress', { job: 'other', done: 9, total: 9 })
  tell('progress', { job: 'j1', done: 1, total: 2 })
  tell('done', { job: 'j1', error: '', result: 'ok' })
  expect(await job.done).toBe('ok')
  expect(steps).toEqual([1])
  expect(heard.size).toBe(0)
})

test('a job that ends before its id is known is not lost', async () => {
  const job = runJob<string>(async () => {
    tell('done', { job: 'j2', error: '', result: 'quick' })
    return 'j2'
  })
  expect(await job.done).toBe('quick')
})

test('a cancelled job is told apart from a failed one', async () => {
  const job = runJob<string>(() => Promise.resolve('j3'))
  await new Promise((r) => setTimeout(r))
  job.cancel()
  expect(cancel).toHaveBeenCalledWith('j3')
  tell('done', { job: 'j3', error: '{"code":"cancelled","message":"已取消"}', result: null })
  expect(isCancelled(await job.done.catch((e: unknown) => e))).toBe(true)
})
