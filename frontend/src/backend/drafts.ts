import * as go from '../wailsjs/go/app/Drafts'
import { call } from './call'
import type { DraftRow } from './shapes'

export const list = (): Promise<DraftRow[]> => call(() => go.List())
export const save = (draft: DraftRow): Promise<void> => call(() => go.Save(draft))
export const drop = (id: string): Promise<void> => call(() => go.Drop(id))
