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
