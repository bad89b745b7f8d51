import * as go from '../wailsjs/go/app/Setup'
import { call } from './call'

/** Leaves the desk in use for the practice desk, which has a data folder of its own. */
export const practise = (): Promise<void> => call(() => go.Practise(), 120_000)
export const leavePractice = (): Promise<void> => call(() => go.LeavePractice())
