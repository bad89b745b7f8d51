// Every call to Go passes here: an error becomes a BackendError with a sentence for the officer, and a
// call that never answers becomes one too.

/** What Go sends of an error. message and hint are for the officer, id finds the line in the log. */
export interface Shown {
  code: string
  message: string
  hint?: string
  field?: string
  id?: string
}

export class BackendError extends Error {
  readonly code: string
  readonly hint: string
  readonly field: string
  readonly id: string

  constructor(shown: Shown) {
    super(shown.message)
    this.name = 'BackendError'
    this.code = shown.code
    this.hint = shown.hint ?? ''
    this.field = shown.field ?? ''
    this.id = shown.id ?? ''
  }
}

const unreadable: Shown = { code: 'internal', message: '程序内部出错，本次操作没有完成', hint: '请重试' }
const silent: Shown = {
  code: 'timeout',
  message: '程序没有回应，本次操作是否完成尚不确定',
  hint: '请按 F5 刷新后核对，再决定是否重做',
}

/** Reads what a rejected call threw: an Error whose message is the JSON text of the error formatter. */
export function toBackendError(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown
  const text = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : ''
  try {
    const shown: unknown = JSON.parse(text)
    if (isShown(shown)) return new BackendError(shown)
  } catch {
    // Not ours: no sentence to show, see below.
  }
  return new BackendError(unreadable)
}

function isShown(value: unknown): value is Shown {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

/** Longer than the slowest honest answer (unlocking an old machine's folder). */
export const patience = 30_000

export async function call<T>(ask: () => Promise<T>, wait = patience): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BackendError(silent)), wait)
  })
  try {
    return await Promise.race([ask(), late])
  } catch (thrown) {
    throw toBackendError(thrown)
  } finally {
    clearTimeout(timer)
  }
}
