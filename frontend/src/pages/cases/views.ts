// The saved views of the case list and what the address of the list keeps.
import type { CaseQuery } from '@/backend/shapes'
import type { LocationQuery } from 'vue-router'

export interface View {
  id: string
  label: string
  query: Partial<CaseQuery>
}

export const views: View[] = [
  { id: 'open', label: '在办', query: { open: 'open' } },
  { id: 'mine', label: '我的', query: { open: 'open' } },
  { id: 'overdue', label: '超期', query: { open: 'open', light: 'red' } },
  { id: 'soon', label: '临近', query: { open: 'open', light: 'yellow' } },
  { id: 'closed', label: '已办结', query: { open: 'closed', sort: '-received' } },
  { id: 'all', label: '全部', query: { sort: '-received' } },
]

/** What the officer narrowed by, as it stands in the address: going back brings it back. */
export interface Narrowing {
  view: string
  q: string
  regime: string
  channel: string
  assignee: string
  from: string
  to: string
  sort: string
}

const one = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')

export function readNarrowing(query: LocationQuery): Narrowing {
  const view = one(query.view)
  return {
    view: views.some((v) => v.id === view) ? view : 'open',
    q: one(query.q),
    regime: one(query.regime),
    channel: one(query.channel),
    assignee: one(query.assignee),
    from: one(query.from),
    to: one(query.to),
    sort: one(query.sort),
  }
}

export const writeNarrowing = (n: Narrowing): Record<string, string> =>
  Object.fromEntries(
    Object.entries(n).filter(([key, value]) => value !== '' && !(key === 'view' && value === 'open')),
  )

export function queryOf(n: Narrowing, officer: string): CaseQuery {
  const view = views.find((v) => v.id === n.view)?.query ?? {}
  const received = n.from || n.to ? `${n.from}..${n.to}` : ''
  return {
    query: n.q.trim(),
    stage: '',
    light: view.light ?? '',
    regime: n.regime,
    channel: n.channel,
    assignee: n.view === 'mine' ? officer : n.assignee,
    open: view.open ?? '',
    received,
    sort: n.sort || view.sort || 'due',
    limit: 0,
  }
}

/** The filters in force beside the view, each with its × in the words "没有匹配". */
export function activeFilters(n: Narrowing, labelOf: (key: keyof Narrowing, value: string) => string) {
  const keys: (keyof Narrowing)[] = ['q', 'regime', 'channel', 'assignee', 'from', 'to']
  return keys.filter((key) => n[key] !== '').map((key) => ({ key, label: labelOf(key, n[key]) }))
}
