// What Go tells without being asked.
import { EventsOn, OnFileDrop, OnFileDropOff } from '../wailsjs/runtime/runtime'

export type ChangeKind = 'cases' | 'messages' | 'share' | 'office'

export interface Changed {
  kind: ChangeKind
  ids: string[]
}

type Off = () => void

function on<T>(event: string, heard: (data: T) => void): Off {
  // Without Go behind it (in unit tests) nothing ever happens.
  return 'runtime' in window ? EventsOn(event, heard) : () => undefined
}

/** Something in the data folder changed, here or by exchange. */
export const onChanged = (heard: (change: Changed) => void): Off => on('changed', heard)

/** The desk locked itself because nobody touched it. */
export const onLocked = (heard: () => void): Off => on('locked', heard)

export const onJobProgress = (heard: (p: { job: string; done: number; total: number }) => void): Off =>
  on('job.progress', heard)

export const onJobDone = (heard: (d: { job: string; error: string; result: unknown }) => void): Off =>
  on('job.done', heard)

/** Files dropped anywhere on the window, as paths of this machine. One listener at a time. */
export function onFilesDropped(heard: (paths: string[]) => void): Off {
  if (!('runtime' in window)) return () => undefined
  OnFileDrop((_x, _y, paths) => heard(paths), false)
  return () => OnFileDropOff()
}
