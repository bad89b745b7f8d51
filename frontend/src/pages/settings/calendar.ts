// One year as twelve months of weeks from Monday to Sunday, with the days that differ from the
// plain week. Which days count is computed in Go; this only lays them out.

export interface SpecialDay {
  date: string
  work: boolean
  why: string
}

export type DayKind = 'work' | 'weekend' | 'holiday' | 'makeup'

export interface DayCell {
  date: string
  day: number
  kind: DayKind
  why: string
}

export interface MonthGrid {
  month: number
  title: string
  weeks: (DayCell | null)[][]
}

export const weekDays = ['一', '二', '三', '四', '五', '六', '日']

export function yearGrid(year: number, special: SpecialDay[]): MonthGrid[] {
  const by = new Map(special.map((d) => [d.date, d]))
  return Array.from({ length: 12 }, (_, m) => monthGrid(year, m + 1, by))
}

function monthGrid(year: number, month: number, by: Map<string, SpecialDay>): MonthGrid {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const cells: (DayCell | null)[] = Array.from({ length: first }, () => null)
  for (let day = 1; day <= length; day++) {
    const date = `${year}-${two(month)}-${two(day)}`
    cells.push({ date, day, ...kindOf(by.get(date), (first + day - 1) % 7) })
  }
  while (cells.length % 7 !== 0) cells.push(null)
  const weeks = Array.from({ length: cells.length / 7 }, (_, w) => cells.slice(w * 7, w * 7 + 7))
  return { month, title: `${month}月`, weeks }
}

function kindOf(special: SpecialDay | undefined, weekday: number): { kind: DayKind; why: string } {
  const weekend = weekday >= 5
  if (special?.work) return { kind: weekend ? 'makeup' : 'work', why: special.why }
  if (special) return { kind: 'holiday', why: special.why }
  return { kind: weekend ? 'weekend' : 'work', why: '' }
}

export const kindWords: Record<DayKind, string> = {
  work: '工作日',
  weekend: '周末',
  holiday: '放假',
  makeup: '调休上班',
}

/** holidays joins runs of holidays with one reason, for the list beside the grid. */
export function holidays(special: SpecialDay[]): { why: string; from: string; to: string; days: number }[] {
  const off = special.filter((d) => !d.work).sort((a, b) => a.date.localeCompare(b.date))
  const out: { why: string; from: string; to: string; days: number }[] = []
  for (const d of off) {
    const last = out.at(-1)
    if (last && last.why === d.why && nextDay(last.to) === d.date) {
      last.to = d.date
      last.days++
    } else {
      out.push({ why: d.why, from: d.date, to: d.date, days: 1 })
    }
  }
  return out
}

function nextDay(date: string): string {
  const t = new Date(`${date}T00:00:00Z`)
  t.setUTCDate(t.getUTCDate() + 1)
  return t.toISOString().slice(0, 10)
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** lastYearWarning speaks when time limits of new cases will run into unknown days. */
export function lastYearWarning(years: number[], today: string): string {
  const last = Math.max(0, ...years)
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  if (last < year) return `${year}年的放假安排尚未载入，按周一至周五估算的期限都标为“暂定”`
  if (last === year && month >= 10) {
    return `${year + 1}年的放假安排尚未载入，跨年的期限标为“暂定”；国务院办公厅通知一般在11月发布`
  }
  return ''
}

/** changeWords says in one line what a change of the calendar did to the time limits. */
export function changeWords(moved: number, firm: number): string {
  const said = moved === 0 ? '没有期限变动' : `${moved} 个期限变动`
  return firm === 0 ? said : `${said}，${firm} 个不再是暂定`
}
