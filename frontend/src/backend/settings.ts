import * as go from '../wailsjs/go/app/Settings'
import { call } from './call'
import { runJob, type Job } from './jobs'
import type {
  ActionRow,
  CalendarChange,
  CalendarYear,
  ClockSetting,
  OfficerChange,
  OfficerRow,
  Preferences,
  Profile,
  ProfileForm,
  RegimeForm,
  RegimeRow,
  VerifyResult,
} from './shapes'

export const officers = (): Promise<OfficerRow[]> => call(() => go.Officers())
export const addOfficer = (
  name: string,
  phone: string,
  roles: string[],
  password: string,
): Promise<OfficerRow> => call(() => go.AddOfficer(name, phone, roles, password), 60_000)
export const setOfficer = (name: string, change: OfficerChange): Promise<OfficerRow> =>
  call(() => go.SetOfficer(name, change))
export const retireOfficer = (name: string): Promise<void> => call(() => go.RetireOfficer(name))
export const changePassword = (old: string, next: string): Promise<void> =>
  call(() => go.ChangePassword(old, next), 60_000)
export const profile = (): Promise<ProfileForm> => call(() => go.Profile())
export const setProfile = (p: Profile): Promise<ProfileForm> => call(() => go.SetProfile(p))
export const regimes = (): Promise<RegimeRow[]> => call(() => go.Regimes())
export const regimeForm = (id: string): Promise<RegimeForm> => call(() => go.RegimeForm(id))
export const regimeActions = (id: string): Promise<ActionRow[]> => call(() => go.RegimeActions(id))
export const addRegime = (path: string): Promise<RegimeRow> => call(() => go.AddRegime(path))
export const clocks = (): Promise<ClockSetting[]> => call(() => go.Clocks())
export const setClock = (regime: string, clock: string, span: string): Promise<void> =>
  call(() => go.SetClock(regime, clock, span))
export const calendar = (year: number): Promise<CalendarYear> => call(() => go.Calendar(year))
export const loadCalendar = (path: string): Promise<CalendarYear> => call(() => go.LoadCalendar(path))
export const setDay = (date: string, state: string, name: string): Promise<CalendarYear> =>
  call(() => go.SetDay(date, state, name), 60_000)
export const calendarLog = (): Promise<CalendarChange[]> => call(() => go.CalendarLog())
export const verify = (): Job<VerifyResult> => runJob(() => go.StartVerify())
export const rebuild = (): Job<VerifyResult> => runJob(() => go.StartRebuild())
export const backup = (path: string): Job<string> => runJob(() => go.StartBackup(path))
export const restore = (path: string): Job<string> => runJob(() => go.StartRestore(path))
export const preferences = (): Promise<Preferences> => call(() => go.Preferences())
export const setPreferences = (p: Preferences): Promise<void> => call(() => go.SetPreferences(p))
