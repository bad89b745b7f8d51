// The exchange in words.
import type { ShareStatus, SyncResult } from '@/backend/shapes'

export function syncWords(r: SyncResult): string {
  const parts: string[] = []
  if (r.published > 0) parts.push(`送出 ${r.published} 条`)
  if (r.received > 0) parts.push(`收到 ${r.received} 条`)
  if (r.admitted.length > 0) parts.push(`接纳 ${r.admitted.join('、')}`)
  if (r.waiting > 0) parts.push(`${r.waiting} 条等待较早的记录`)
  if (r.contradictions > 0) parts.push(`${r.contradictions} 处冲突待处理`)
  if (r.skipped.length > 0) parts.push(`${r.skipped.length} 个文件未读`)
  return parts.length > 0 ? `已同步：${parts.join('，')}` : '已同步，没有新内容'
}

export interface StateWords {
  word: string
  light: 'green' | 'yellow' | 'red' | 'grey'
  why: string
}

export function stateOf(s: Pick<ShareStatus, 'state' | 'unsent'>): StateWords {
  if (s.state === 'online') {
    return s.unsent > 0
      ? { word: '已连接', light: 'yellow', why: `还有 ${s.unsent} 条未送出，会自动再试` }
      : { word: '已同步', light: 'green', why: '本机记录都已送到共享文件夹' }
  }
  if (s.state === 'waiting') {
    return {
      word: '等待接纳',
      light: 'yellow',
      why: '加入申请已写入共享文件夹，等管理员所在网点下次同步时接纳',
    }
  }
  if (s.state === 'offline') {
    const left = s.unsent > 0 ? `${s.unsent} 条待送出，` : ''
    return { word: '离线', light: 'yellow', why: `${left}文件夹恢复后自动同步，其间照常办理` }
  }
  return { word: '未设置', light: 'grey', why: '' }
}

/** A fingerprint in groups of four, as it is read out over the telephone. */
export function fingerprint(replica: string): string {
  return (replica.match(/.{1,4}/g) ?? []).join(' ')
}

/** behindWords says how far an office's records have come here. */
export function behindWords(o: { behind: number; own: boolean }): string {
  if (o.own) return '本机'
  return o.behind > 0 ? `还差 ${o.behind} 条` : '齐全'
}
