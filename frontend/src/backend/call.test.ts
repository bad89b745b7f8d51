import { expect, test, vi } from 'vitest'
import { BackendError, call, toBackendError } from './call'

test('an error of Go arrives with its sentence, hint, field and id', async () => {
  const thrown = new Error('{"code":"x","message":"一句话","hint":"下一步","field":"name","id":"ab"}')
  const error = await call(() => Promise.reject(thrown)).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(BackendError)
  expect(error).toMatchObject({ code: 'x', message: '一句话', hint: '下一步', field: 'name', id: 'ab' })
})

test.each([new Error('[object Object]'), 'text', undefined, new Error('{"a":1}'), new Error('null')])(
  'what is no error of Go still has a sentence: %s',
  (thrown) => {
    expect(toBackendError(thrown)).toMatchObject({ code: 'internal' })
    expect(toBackendError(thrown).message).toContain('没有完成')
  },
)

test('a call that never answers ends with a sentence that does not claim it failed', async () => {
  vi.useFakeTimers()
  const answer = call(() => new Promise(() => undefined), 1000).catch((e: unknown) => e)
  await vi.advanceTimersByTimeAsync(1001)
  expect(await answer).toMatchObject({ code: 'timeout' })
  vi.useRealTimers()
})
