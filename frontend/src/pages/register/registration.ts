// The registration form: what it starts with, what is still missing, what is sent.
import type {
  CaseDetail,
  ClockRow,
  ClockSetting,
  FieldRow,
  Person,
  RegisterInput,
  RegimeForm,
  Unit,
} from '@/backend/shapes'
import { isEmpty, type Values } from '@/components/form/guards'
import { spanWords } from '@/pages/settings/span'
import { check, isShown, toSend } from '@/components/form/values'

export interface Registration {
  regime: string
  matter: string
  channel: string
  received_at: string
  sent_at: string
  forwarded_at: string
  complainant: Person
  respondent: Unit
  request: string
  facts: string
  category: string
  protected: boolean
  fields: Values
  /** Paths of files to attach once there is a case. */
  files: string[]
}

export const emptyRegistration = (keep: Partial<Registration> = {}): Registration => ({
  regime: '',
  matter: '',
  channel: '',
  received_at: '',
  sent_at: '',
  forwarded_at: '',
  complainant: { name: '' },
  respondent: { name: '' },
  request: '',
  facts: '',
  category: '',
  protected: false,
  fields: {},
  files: [],
  ...keep,
})

/** What a part of a case starts with: everything of it, to be cut down to the part. Of a protected person
 * only that there is one. */
export const partOf = (c: CaseDetail): Registration =>
  emptyRegistration({
    regime: c.regime.id,
    matter: typeof c.fields['matter'] === 'string' ? c.fields['matter'] : '',
    channel: c.channel,
    received_at: c.received_at,
    complainant: c.protected ? { name: '' } : { ...c.complainant },
    respondent: { ...c.respondent },
    request: c.request,
    facts: c.facts,
    category: c.category,
    protected: c.protected,
  })

/** Something a person has typed: not what the form began with. */
export const worthKeeping = (r: Registration): boolean =>
  !isEmpty(r.complainant) ||
  !isEmpty(r.respondent) ||
  !isEmpty(r.request) ||
  !isEmpty(r.facts) ||
  r.files.length > 0

export interface Condition {
  id: string
  label: string
  met: boolean
  /** Registration waits for it; the others are only told. */
  must: boolean
}

/** What a complaint should hold, one line each, for the panel beside the form. */
export function conditions(r: Registration, form: RegimeForm | undefined): Condition[] {
  const lines: Condition[] = [
    { id: 'channel', label: '渠道', met: r.channel !== '', must: true },
    { id: 'received_at', label: '收到时间', met: r.received_at !== '', must: true },
    { id: 'complainant.name', label: '投诉人姓名', met: !isEmpty(r.complainant.name), must: false },
    {
      id: 'complainant.phone',
      label: '投诉人联系方式',
      met: !isEmpty(r.complainant.phone) || !isEmpty(r.complainant.address) || !isEmpty(r.complainant.email),
      must: false,
    },
    { id: 'respondent.name', label: '被投诉人名称', met: !isEmpty(r.respondent.name), must: false },
    { id: 'request', label: '具体诉求', met: !isEmpty(r.request), must: false },
    { id: 'facts', label: '事实与理由', met: !isEmpty(r.facts), must: false },
  ]
  if (form && form.categories.length > 0)
    lines.push({ id: 'category', label: '分类', met: r.category !== '', must: false })
  const own = { ...known(r), ...r.fields }
  const missing = check(form?.fields ?? [], own)
  for (const field of form?.fields ?? []) {
    if (isAsked(field) && isShown(field, own))
      lines.push(fieldCondition(field, missing[field.id] === undefined))
  }
  return lines
}

const isAsked = (field: FieldRow) => field.required !== 'never' && field.required !== ''

/** What the conditions of a rulebook's own fields may ask about. */
export const known = (r: Pick<RegisterInput, 'matter' | 'channel' | 'category'>): Values => ({
  matter: r.matter,
  channel: r.channel,
  category: r.category,
})

const fieldCondition = (field: FieldRow, met: boolean): Condition => ({
  id: `fields.${field.id}`,
  label: field.label,
  met,
  must: true,
})

export function toInput(r: Registration, form: RegimeForm | undefined, draft: string): RegisterInput {
  const facts: Partial<Registration> & RegisterInput = {
    ...r,
    fields: toSend(form?.fields ?? [], { ...known(r), ...r.fields }),
    draft,
  }
  delete facts.files
  return facts
}

export interface LimitLine {
  id: string
  label: string
  /** The date, or what is there instead of one. */
  when: string
  span: string
  basis: string
  provisional: boolean
}

/** limitLines joins what the rulebook and the office set with what was counted for this complaint. A limit
 * that does not apply to it is left out; before anything is counted all are shown. */
export function limitLines(limits: ClockSetting[], counted: ClockRow[]): LimitLine[] {
  return limits.flatMap((limit) => {
    const clock = counted.find((c) => c.id === limit.clock)
    if (counted.length > 0 && !clock) return []
    const due = clock?.due.slice(0, 16).replace('T', ' ') ?? ''
    const span = spanWords(limit.span)
    return {
      id: limit.clock,
      // The label names the rulebook too, which stands above already.
      label: limit.label.split(' · ').at(-1) ?? limit.label,
      when: due || span,
      span: due ? span : '',
      basis: limit.span ? `${limit.origin} ${limit.article}` : limit.article,
      provisional: clock?.provisional ?? false,
    }
  })
}

/** Enough to look for the same complaint: a name or a phone, or whom it is about with what. */
export const worthComparing = (r: Registration): boolean =>
  (r.complainant.name ?? '').trim().length >= 2 ||
  (r.complainant.phone ?? '').trim().length >= 4 ||
  r.respondent.name.trim().length >= 4
