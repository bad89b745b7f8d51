import * as go from '../wailsjs/go/app/Cases'
import { call } from './call'
import type {
  ActInput,
  ActionRow,
  CaseDetail,
  CasePage,
  CaseQuery,
  CaseRow,
  Change,
  ClockRow,
  Explanation,
  NoticeRow,
  RegisterInput,
  Registered,
  SplitInput,
  WorkList,
} from './shapes'

export const workList = (): Promise<WorkList> => call(() => go.WorkList())
export const list = (query: CaseQuery, from: number, count: number): Promise<CasePage> =>
  call(() => go.List(query, from, count))
export const show = (number: string): Promise<CaseDetail> => call(() => go.Show(number))
export const reveal = (number: string, property: string): Promise<string> =>
  call(() => go.Reveal(number, property))
export const actions = (number: string, all: boolean): Promise<ActionRow[]> =>
  call(() => go.Actions(number, all))
export const register = (input: RegisterInput): Promise<Registered> => call(() => go.Register(input))
export const similar = (input: RegisterInput): Promise<CaseRow[]> => call(() => go.Similar(input))
export const previewNotices = (input: RegisterInput): Promise<NoticeRow[]> =>
  call(() => go.PreviewNotices(input))
export const previewClocks = (input: RegisterInput): Promise<ClockRow[]> =>
  call(() => go.PreviewClocks(input))
export const act = (input: ActInput): Promise<Change> => call(() => go.Act(input))
export const undo = (number: string, entry: string): Promise<Change> => call(() => go.Undo(number, entry))
export const edit = (number: string, fields: Record<string, unknown>, reason: string): Promise<Change> =>
  call(() => go.Edit(number, fields, reason))
export const note = (number: string, text: string): Promise<Change> => call(() => go.Note(number, text))
export const attach = (number: string, path: string): Promise<Change> =>
  call(() => go.Attach(number, path), 120_000)
export const link = (number: string, other: string): Promise<Change> => call(() => go.Link(number, other))
export const merge = (number: string, into: string): Promise<Change> => call(() => go.Merge(number, into))
export const split = (number: string, input: SplitInput): Promise<Registered> =>
  call(() => go.Split(number, input))
export const explain = (number: string, clock: string): Promise<Explanation> =>
  call(() => go.Explain(number, clock))

/** The file of a case as the window may draw it. */
export const attachmentUrl = (number: string, id: string): string =>
  `/attachment/${encodeURIComponent(number)}/${encodeURIComponent(id)}`
