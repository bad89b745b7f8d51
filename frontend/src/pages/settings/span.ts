// Time limits as officers say them ("7 个工作日") and as rulebooks write them ("7workday").

export type SpanUnit = 'workday' | 'day' | 'hour' | 'minute' | 'month' | 'year'

export const unitWords: Record<SpanUnit, string> = {
  workday: '个工作日',
  day: '日（自然日）',
  hour: '小时',
  minute: '分钟',
  month: '个月',
  year: '年',
}

export const unitOptions = (Object.keys(unitWords) as SpanUnit[]).map((value) => ({
  value,
  label: unitWords[value],
}))

export function parseSpan(span: string): { count: number; unit: SpanUnit } | null {
  const m = /^(\d{1,4})(workday|day|hour|minute|month|year)$/.exec(span)
  if (!m || Number(m[1]) === 0) return null
  return { count: Number(m[1]), unit: m[2] as SpanUnit }
}

export function spanWords(span: string): string {
  if (span === '') return '未设定'
  if (span === 'sameday') return '当日'
  if (span === 'immediate') return '立即'
  const s = parseSpan(span)
  return s ? `${s.count} ${unitWords[s.unit]}` : span
}

export function spanText(count: number | null, unit: SpanUnit): string {
  return count && Number.isInteger(count) && count > 0 && count <= 9999 ? `${count}${unit}` : ''
}

interface Clock {
  regime: string
  label: string
  article: string
}

export interface ClockGroup<T> {
  regime: string
  title: string
  clocks: T[]
}

/** groupClocks puts the limits of one rulebook together and takes its title off their labels. */
export function groupClocks<T extends Clock>(
  clocks: T[],
  titles: ReadonlyMap<string, string>,
  words: string,
): ClockGroup<T>[] {
  const groups = new Map<string, ClockGroup<T>>()
  for (const clock of clocks) {
    const title = titles.get(clock.regime) ?? clock.regime
    if (!`${clock.label}${title}${clock.article}`.includes(words)) continue
    const label = clock.label.startsWith(title)
      ? clock.label.slice(title.length).replace(/^[ ·]+/, '')
      : clock.label
    const group = groups.get(clock.regime) ?? { regime: clock.regime, title, clocks: [] }
    group.clocks.push({ ...clock, label: label || clock.label })
    groups.set(clock.regime, group)
  }
  return [...groups.values()]
}
