import * as go from '../wailsjs/go/app/Share'
import { call } from './call'
import { runJob, type Job } from './jobs'
import type { Change, ContradictionRow, ShareStatus, SyncResult } from './shapes'

export const status = (): Promise<ShareStatus> => call(() => go.Status())
export const create = (folder: string): Promise<string> => call(() => go.Create(folder), 60_000)
export const invite = (path: string): Promise<void> => call(() => go.Invite(path))
export const join = (folder: string, invitationFile: string): Promise<void> =>
  call(() => go.Join(folder, invitationFile), 60_000)
export const admit = (replica: string): Promise<string[]> => call(() => go.Admit(replica))
export const sync = (): Job<SyncResult> => runJob(() => go.StartSync())
export const contradictions = (): Promise<ContradictionRow[]> => call(() => go.Contradictions())
export const resolve = (id: string, keep: string, reason: string): Promise<Change> =>
  call(() => go.Resolve(id, keep, reason))
