// The shapes of backend/desk under the names the pages use, generated from Go.
import type { app, desk, regime } from '../wailsjs/go/models'

export type Preferences = app.Preferences
export type SetupStatus = desk.SetupStatus
export type InitInput = desk.InitInput
export type InitResult = desk.InitResult
export type RecoverySheet = desk.RecoverySheet
export type Person = desk.Person
export type Unit = desk.Unit
export type RegisterInput = desk.RegisterInput
export type Registered = desk.Registered
export type CaseRow = desk.CaseRow
export type CaseQuery = desk.CaseQuery
export type CasePage = desk.CasePage
export type CaseDetail = desk.CaseDetail
export type ClockRow = desk.ClockRow
export type TrackRow = desk.TrackRow
export type StageRow = desk.StageRow
export type HistoryRow = desk.HistoryRow
export type LetterRow = desk.LetterRow
export type AttachmentRow = desk.AttachmentRow
export type PropertyRow = desk.PropertyRow
export type ContradictionRow = desk.ContradictionRow
export type ActionRow = desk.ActionRow
export type FieldRow = desk.FieldRow
export type OptionRow = desk.OptionRow
export type ActInput = desk.ActInput
export type Change = desk.Change
export type Explanation = desk.Explanation
export type WorkList = desk.WorkList
export type WorkGroup = desk.WorkGroup
export type Counter = desk.Counter
export type WeekDay = desk.WeekDay
export type Profile = desk.Profile
export type ProfileForm = desk.ProfileForm
export type OfficerChange = desk.OfficerChange
export type OfficerRow = desk.OfficerRow
export type RegimeRow = desk.RegimeRow
export type RegimeForm = desk.RegimeForm
export type RegimeReading = desk.RegimeReading
export type RegimeChecked = desk.RegimeChecked
export type RegimeDiff = desk.RegimeDiff
export type RegimeMove = desk.RegimeMove
export type RegimeDraft = desk.RegimeDraft
export type RegimeChange = regime.Change
export type ReadTrack = desk.ReadTrack
export type ReadAction = desk.ReadAction
export type ReadLimit = desk.ReadLimit
export type ReadLetter = desk.ReadLetter
export type ReadList = desk.ReadList
export type ReadChannel = desk.ReadChannel
export type ClockSetting = desk.ClockSetting
export type CalendarYear = desk.CalendarYear
export type CalendarChange = desk.CalendarChange
export type OwnDay = desk.OwnDay
export type MailAccount = desk.MailAccount
export type MessageRow = desk.MessageRow
export type MessagePage = desk.MessagePage
export type MessageDetail = desk.MessageDetail
export type Suggested = desk.Suggested
export type LetterQueueRow = desk.LetterQueueRow
export type LetterKind = desk.LetterKind
export type Issued = desk.Issued
export type ShareStatus = desk.ShareStatus
export type DraftRow = desk.DraftRow
export type Found = desk.Found

// Results of jobs: Wails does not see them, see backend/desk/shapes_office.go.

export interface MailImport {
  seen: number
  imported: number
  threaded: number
  duplicates: number
  set_aside: number
  registered: number
  failed: { uid: number; why: string }[]
}

export interface SyncResult {
  published: number
  received: number
  offices: number
  waiting: number
  contradictions: number
  admitted: string[]
  skipped: { file: string; why: string }[]
}

export interface VerifyResult {
  ok: boolean
  entries: number
  cases: number
  problems: string[]
}

export interface BatchRow {
  number: string
  state: 'issued' | 'failed'
  letter: string
  why: string
}
export type PersonRow = desk.PersonRow
export type PersonCard = desk.PersonCard
export type PersonSuggestion = desk.PersonSuggestion
export type PartsInput = desk.PartsInput
export type SplitInput = desk.SplitInput
export type Excerpt = desk.Excerpt
export type NoticeRow = desk.NoticeRow
export type Look = desk.Look
export type RecordRow = desk.RecordRow
export type Secrecy = desk.Secrecy
