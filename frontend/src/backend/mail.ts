import * as go from '../wailsjs/go/app/Mail'
import { call } from './call'
import { runJob, type Job } from './jobs'
import type {
  Change,
  MailAccount,
  MailImport,
  MessageDetail,
  MessagePage,
  RegisterInput,
  Registered,
} from './shapes'

type Progress = (done: number, total: number) => void

export const accounts = (): Promise<MailAccount[]> => call(() => go.Accounts())
export const setAccount = (account: MailAccount): Promise<MailAccount> => call(() => go.SetAccount(account))
export const check = (account: MailAccount): Promise<string> => call(() => go.Check(account), 90_000)
export const importAccount = (account: string, register: boolean, progress?: Progress): Job<MailImport> =>
  runJob(() => go.StartImport(account, register), progress)
export const importFiles = (paths: string[], progress?: Progress): Job<MailImport> =>
  runJob(() => go.StartImportFiles(paths), progress)
export const messages = (state: string, query: string, from: number, count: number): Promise<MessagePage> =>
  call(() => go.Messages(state, query, from, count))
export const message = (id: string): Promise<MessageDetail> => call(() => go.Message(id))
export const register = (id: string, input: RegisterInput): Promise<Registered> =>
  call(() => go.Register(id, input))
export const dismiss = (id: string, reason: string): Promise<void> => call(() => go.Dismiss(id, reason))
export const join = (id: string, number: string): Promise<Change> => call(() => go.Join(id, number))

/** A file of a message (index) or its original. */
export const fileUrl = (id: string, index: number | 'original'): string =>
  `/message/${encodeURIComponent(id)}/${index}`
