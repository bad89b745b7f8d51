// Calls Go past the screens, where a dialog of the system or another office would be in the way.
import type { Page } from 'playwright-core'

export const callGo = <T>(page: Page, noun: string, method: string, ...args: unknown[]): Promise<T> =>
  page.evaluate(
    ([n, m, a]) => {
      const { go } = window as unknown as {
        go: { app: Record<string, Record<string, (...all: unknown[]) => Promise<unknown>>> }
      }
      return go.app[n as string]![m as string]!(...(a as unknown[]))
    },
    [noun, method, args] as const,
  ) as Promise<T>

/** Starts a job and waits for its end; the result is the job's. */
export const runJob = <T>(page: Page, noun: string, method: string, ...args: unknown[]): Promise<T> =>
  page.evaluate(
    ([n, m, a]) =>
      new Promise((resolve, reject) => {
        const { go, runtime } = window as unknown as {
          go: { app: Record<string, Record<string, (...all: unknown[]) => Promise<string>>> }
          runtime: { EventsOn: (name: string, heard: (d: JobDone) => void) => () => void }
        }
        interface JobDone {
          job: string
          error: string
          result: unknown
        }
        const ended = new Map<string, JobDone>()
        let wanted = ''
        const settle = (done: JobDone) => {
          off()
          if (done.error) reject(new Error(done.error))
          else resolve(done.result as T)
        }
        const off = runtime.EventsOn('job.done', (done) => {
          if (done.job === wanted) settle(done)
          else ended.set(done.job, done)
        })
        go.app[n as string]![m as string]!(...(a as unknown[])).then((job) => {
          wanted = job
          const early = ended.get(job)
          if (early) settle(early)
        }, reject)
      }),
    [noun, method, args] as const,
  ) as Promise<T>
