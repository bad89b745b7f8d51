import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'

const go = vi.hoisted(() => ({ list: vi.fn(), save: vi.fn(), drop: vi.fn() }))
vi.mock('@/backend/drafts', () => go)
const { useDraft } = await import('./useDraft')

beforeEach(() => {
  vi.useFakeTimers()
  go.list.mockResolvedValue([])
  go.save.mockReset().mockResolvedValue(undefined)
  go.drop.mockReset().mockResolvedValue(undefined)
})
afterEach(() => vi.useRealTimers())

function open(text = '') {
  const form = ref({ text })
  const scope = effectScope()
  const draft = scope.run(() =>
    useDraft(
      () => 'register',
      () => '登记',
      form,
      (f) => f.text !== '',
    ),
  )
  if (!draft) throw new Error('no draft')
  return { form, scope, draft }
}

test('typing is saved once, after a pause', async () => {
  const { form, scope, draft } = open()
  await draft.restore()
  for (const text of ['张', '张三', '张三 样本']) {
    form.value.text = text
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(go.save).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(800)
  expect(go.save).toHaveBeenCalledTimes(1)
  expect(go.save).toHaveBeenCalledWith(
    expect.objectContaining({ id: 'register', data: { text: '张三 样本' } }),
  )
  scope.stop()
})

test('what was typed last is saved when the form is left', async () => {
  const { form, scope, draft } = open()
  await draft.restore()
  form.value.text = '刚写的'
  await nextTick()
  scope.stop()
  expect(go.save).toHaveBeenCalledTimes(1)
})

test('an earlier draft is offered again and not saved again by that', async () => {
  go.list.mockResolvedValue([
    { id: 'other', data: { text: 'x' } },
    { id: 'register', data: { text: '旧' } },
  ])
  const { form, scope, draft } = open()
  await draft.restore()
  expect(form.value.text).toBe('旧')
  expect(draft.restored.value).toBe(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(go.save).not.toHaveBeenCalled()
  await draft.drop()
  expect(go.drop).toHaveBeenCalledWith('register')
  scope.stop()
})

test('an empty form is no draft', async () => {
  const { form, scope, draft } = open('a')
  await draft.restore()
  form.value.text = ''
  await nextTick()
  await vi.advanceTimersByTimeAsync(1000)
  scope.stop()
  expect(go.save).not.toHaveBeenCalled()
})
