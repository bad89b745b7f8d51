// What happened at a fetch, in words.
import type { MailImport } from '@/backend/shapes'

export function importWords(r: MailImport): string {
  const parts: string[] = []
  const say = (n: number, text: string) => {
    if (n > 0) parts.push(text.replace('#', String(n)))
  }
  say(r.imported, '新收 # 封')
  say(r.registered, '已登记 # 件')
  say(r.threaded, '归入已有往来 # 封')
  say(r.duplicates, '重复 # 封未再收')
  say(r.set_aside, '无法解析 # 封')
  say(r.failed.length, '# 封未能收取')
  if (parts.length === 0) return r.seen > 0 ? `查看 ${r.seen} 封，没有新邮件` : '没有新邮件'
  return parts.join('，')
}

export const mailStates = [
  { id: 'new', label: '新邮件' },
  { id: 'registered', label: '已登记' },
  { id: 'joined', label: '已并入' },
  { id: 'dismissed', label: '非投诉' },
  { id: 'unreadable', label: '无法解析' },
] as const

export const dismissReasons = [
  '广告或垃圾邮件',
  '自动回复或退信',
  '咨询、建议，不是投诉',
  '重复来信',
  '不属于本单位，已另行转告',
]

/** The reason most likely right, so that E and Enter are enough. */
export function likelyReason(m: { auto: boolean }): string {
  return m.auto ? dismissReasons[1]! : dismissReasons[0]!
}

/** "2026-11-24T10:05:00+08:00" as lists show it: the time today, else the day. */
export function shortTime(time: string, today: string): string {
  if (time.length < 16) return time
  const day = time.slice(0, 10)
  if (day === today) return time.slice(11, 16)
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day
}

/** Today in China, whatever the machine's zone. */
export function todayInChina(now = new Date()): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
