// What takes longer than a glance: Go answers with a job's id, then tells its progress and end.
import { Cancel } from '../wailsjs/go/app/Jobs'
import { call, BackendError, toBackendError } from './call'
import { onJobDone, onJobProgress } from './events'

export interface Job<T> {
  done: Promise<T>
  cancel: () => void
}

export const isCancelled = (error: unknown): boolean =>
  error instanceof BackendError && error.code === 'cancelled'

/** Starts a job. A short one can end before its id is here, so ends are kept until the id is known. */
export function runJob<T>(
  start: () => Promise<string>,
  progress: (done: number, total: number) => void = () => undefined,
): Job<T> {
  let id = ''
  let wanted = true
  const early = new Map<string, { error: string; result: unknown }>()
  const done = new Promise<T>((resolve, reject) => {
    const offs = [
      onJobProgress((p) => {
        if (p.job === id) progress(p.done, p.total)
      }),
      onJobDone((d) => {
        if (id === '') early.set(d.job, d)
        else if (d.job === id) settle(d)
      }),
    ]
    const settle = (d: { error: string; result: unknown }) => {
      offs.forEach((off) => off())
      if (d.error === '') resolve(d.result as T)
      else reject(toBackendError(d.error))
    }
    call(start).then(
      (job) => {
        id = job
        const ended = early.get(job)
        if (ended) settle(ended)
        else if (!wanted) void Cancel(job)
      },
      (error: unknown) => {
        offs.forEach((off) => off())
        reject(toBackendError(error))
      },
    )
  })
  return {
    done,
    cancel: () => {
      wanted = false
      if (id !== '') void Cancel(id)
    },
  }
}
