import * as go from '../wailsjs/go/app/Letters'
import { call } from './call'
import { runJob, type Job } from './jobs'
import type { BatchRow, Change, Issued, LetterKind, LetterQueueRow } from './shapes'

export const kinds = (number: string): Promise<LetterKind[]> => call(() => go.Kinds(number))
export const queue = (state: 'to-issue' | 'issued'): Promise<LetterQueueRow[]> => call(() => go.Queue(state))
export const issue = (number: string, kind: string): Promise<Issued> => call(() => go.Issue(number, kind))
export const voidLetter = (number: string, letter: string, reason: string): Promise<Change> =>
  call(() => go.Void(number, letter, reason))
export const print = (number: string, letter: string): Promise<void> => call(() => go.Print(number, letter))
export const open = (number: string, letter: string): Promise<void> => call(() => go.Open(number, letter))
export const save = (number: string, letter: string, path: string): Promise<void> =>
  call(() => go.Save(number, letter, path))
export const issueBatch = (
  numbers: string[],
  kind: string,
  folder: string,
  progress?: (done: number, total: number) => void,
): Job<BatchRow[]> => runJob(() => go.StartBatch(numbers, kind, folder), progress)

/** The draft of a letter as a PDF, drawn anew at each look. */
export const previewUrl = (number: string, kind: string): string =>
  `/letter/${encodeURIComponent(number)}/preview/${encodeURIComponent(kind)}`
/** An issued letter as it went out. */
export const issuedUrl = (number: string, letter: string): string =>
  `/letter/${encodeURIComponent(number)}/issued/${encodeURIComponent(letter)}`
