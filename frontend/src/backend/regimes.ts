import * as go from '../wailsjs/go/app/Regimes'
import { call } from './call'
import type {
  OptionRow,
  RegimeChange,
  RegimeChecked,
  RegimeDiff,
  RegimeDraft,
  RegimeReading,
  RegimeRow,
} from './shapes'

export const sectors = (): Promise<OptionRow[]> => call(() => go.Sectors())
export const offered = (day: string): Promise<RegimeRow[]> => call(() => go.Offered(day))
export const fitting = (capacity: string, sector: string): Promise<RegimeRow[]> =>
  call(() => go.Fitting(capacity, sector))
export const read = (name: string): Promise<RegimeReading> => call(() => go.Read(name))
export const diff = (before: string, after: string): Promise<RegimeDiff> => call(() => go.Diff(before, after))
export const draft = (name: string): Promise<RegimeDraft> => call(() => go.Draft(name))
export const change = (copy: RegimeDraft, edit: RegimeChange): Promise<RegimeDraft> =>
  call(() => go.Change(copy, edit))
export const check = (text: string): Promise<RegimeChecked> => call(() => go.Check(text))
export const diffDraft = (copy: RegimeDraft): Promise<RegimeDiff> => call(() => go.DiffDraft(copy))
export const adopt = (text: string): Promise<RegimeRow> => call(() => go.Adopt(text))
export const addItem = (id: string, list: string, label: string): Promise<RegimeReading> =>
  call(() => go.AddItem(id, list, label))
export const retireItem = (id: string, list: string, item: string): Promise<RegimeReading> =>
  call(() => go.RetireItem(id, list, item))
