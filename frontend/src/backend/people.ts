import * as go from '../wailsjs/go/app/People'
import { call } from './call'
import type {
  Change,
  FieldRow,
  Look,
  PartsInput,
  PersonCard,
  PersonRow,
  RecordRow,
  Registered,
  Secrecy,
} from './shapes'

export const list = (query: string): Promise<PersonRow[]> => call(() => go.List(query))
export const card = (number: string): Promise<PersonCard> => call(() => go.Card(number))
export const merge = (number: string, other: string, reason: string): Promise<Change> =>
  call(() => go.Merge(number, other, reason))
export const apart = (number: string, other: string, reason: string): Promise<Change> =>
  call(() => go.Apart(number, other, reason))
export const unmerge = (number: string, reason: string): Promise<Change> =>
  call(() => go.Unmerge(number, reason))
export const parts = (input: PartsInput): Promise<Registered[]> => call(() => go.Parts(input), 120_000)
export const confide = (number: string, officers: string[]): Promise<Change> =>
  call(() => go.Confide(number, officers))
export const looks = (of: string): Promise<Look[]> => call(() => go.Looks(of))
export const secrecy = (number: string): Promise<Secrecy> => call(() => go.Secrecy(number))
export const forms = (number: string): Promise<FieldRow[]> => call(() => go.Forms(number))
export const recorded = (number: string, group: string): Promise<RecordRow[]> =>
  call(() => go.Recorded(number, group))
export const record = (number: string, group: string, row: Record<string, unknown>): Promise<Change> =>
  call(() => go.Record(number, group, row))
export const amend = (
  number: string,
  group: string,
  row: string,
  columns: Record<string, unknown>,
): Promise<Change> => call(() => go.Amend(number, group, row, columns))
