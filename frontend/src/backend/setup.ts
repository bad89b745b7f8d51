import * as go from '../wailsjs/go/app/Setup'
import { call } from './call'
import type { InitInput, InitResult, RecoverySheet, SetupStatus } from './shapes'

export const status = (): Promise<SetupStatus> => call(() => go.Status())
export const create = (input: InitInput): Promise<InitResult> => call(() => go.Create(input), 120_000)
// Unlocking may have to rebuild the database from the journal: minutes for a large desk.
const rebuilding = 3_600_000
export const unlock = (officer: string, password: string): Promise<void> =>
  call(() => go.Unlock(officer, password), rebuilding)
export const recover = (code: string, officer: string, password: string): Promise<void> =>
  call(() => go.Recover(code, officer, password), rebuilding)
export const lock = (): Promise<void> => call(() => go.Lock())
export const touch = (): Promise<void> => call(() => go.Touch())
export const openRecoverySheet = (sheet: RecoverySheet): Promise<void> =>
  call(() => go.OpenRecoverySheet(sheet))
export const saveRecoverySheet = (sheet: RecoverySheet, path: string): Promise<void> =>
  call(() => go.SaveRecoverySheet(sheet, path))
