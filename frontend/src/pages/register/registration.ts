// The registration form: what it starts with, what is still missing, what is sent.
import type {
  CaseDetail,
  ClockRow,
  ClockSetting,
  FieldRow,
  OptionRow,
  Person,
  RegisterInput,
  RegimeForm,
  Unit,
} from '@/backend/shapes'
import { isEmpty, type Values } from '@/components/form/guards'
import { terms } from '@/terms'
import { spanWords } from '@/pages/settings/span'
import { check, isShown, startValues, toSend } from '@/components/form/values'

export interface Registration {
  regime: string
  matter: string
  channel: string
  received_at: string
  sent_at: string
  forwarded_at: string
  handed_at: string
  complainant: Person
  agent: Person
  respondent: Unit
  request: string
  facts: string
  category: string
  protected: boolean
  /** Who alone sees a protected person; nobody named: those who may see protected persons. */
  viewers: string[]
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
  handed_at: '',
  complainant: { name: '' },
  agent: { name: '' },
  respondent: { name: '' },
  request: '',
  facts: '',
  category: '',
  protected: false,
  viewers: [],
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

/** How a rulebook asks a field that every registration has; undefined where it does not. */
export const asks = (form: RegimeForm | undefined, id: string): FieldRow | undefined =>
  form?.standard.find((field) => field.id === id)

/** The text of 其他 stands right under the choice it belongs to. */
export const textOf = (form: RegimeForm | undefined, choice: string): FieldRow[] =>
  form?.fields.filter((field) => field.id === `${choice}_text`) ?? []

/** The rulebook's own fields, in its order, without the texts of choices that stand above them. */
export const ownFields = (form: RegimeForm | undefined): FieldRow[] =>
  form?.fields.filter((field) => !['channel_text', 'category_text'].includes(field.id)) ?? []

/** What a form starts with under another rulebook: what was written stays where it can be said there. */
export function underRulebook(r: Registration, form: RegimeForm, now: string): Registration {
  const kept = Object.entries(r.fields).filter(([id, value]) => fits(form.fields, id, value))
  return {
    ...r,
    matter: among(form.matters, r.matter, form.matters[0]?.id),
    channel: among(form.channels, r.channel),
    category: among(form.categories, r.category),
    fields: { ...startValues(form.fields, now), ...Object.fromEntries(kept) },
  }
}

const among = (options: OptionRow[], value: string, instead = ''): string =>
  options.some((o) => o.id === value) ? value : instead

function fits(fields: readonly FieldRow[], id: string, value: unknown): boolean {
  const field = fields.find((f) => f.id === id)
  if (!field || isEmpty(value)) return false
  const chosen = Array.isArray(value) ? value : [value]
  return field.options.length === 0 || chosen.every((v) => field.options.some((o) => o.id === v))
}

export const needsName = (r: Registration, form: RegimeForm | undefined): boolean =>
  !form?.anonymous.includes(r.matter)

/** What a complaint should hold, one line each, for the panel beside the form. */
export function conditions(r: Registration, form: RegimeForm | undefined): Condition[] {
  const all = { ...known(r), ...r.fields }
  const line = (id: string, of: string, usual: string, met: boolean, must = false): Condition => {
    const asked = asks(form, of)
    return {
      id,
      label: asked?.label || usual,
      met,
      must: must || (asked ? isAsked(asked) && isShown(asked, all) : false),
    }
  }
  const { complainant } = r
  const reached = [complainant.phone, complainant.address, complainant.email].some((part) => !isEmpty(part))
  const lines: Condition[] = [
    line('channel', 'channel', terms.channel, r.channel !== '', true),
    line('received_at', 'received_at', terms.receivedAt, r.received_at !== '', true),
    {
      id: 'complainant.name',
      label: '投诉人姓名',
      met: !isEmpty(complainant.name),
      must: needsName(r, form),
    },
    { id: 'complainant.phone', label: '投诉人联系方式', met: reached, must: false },
    line('respondent.name', 'respondent', '被投诉人名称', !isEmpty(r.respondent.name)),
    line('request', 'request', '具体诉求', !isEmpty(r.request)),
    line('facts', 'facts', terms.facts, !isEmpty(r.facts)),
  ]
  if (form && form.categories.length > 0)
    lines.push(line('category', 'category', terms.category, r.category !== ''))
  return [...lines.filter((l) => isPart(r, form, l.id)), ...ownConditions(form, all)]
}

/** A rulebook that does not ask of a thing does not miss it, nor the name of who may leave it out. */
function isPart(r: Registration, form: RegimeForm | undefined, id: string): boolean {
  const part = id.split('.')[0] ?? id
  if (part === 'complainant' && !needsName(r, form)) return false
  return !form || form.standard.length === 0 || asks(form, part) !== undefined
}

function ownConditions(form: RegimeForm | undefined, all: Values): Condition[] {
  const missing = check(form?.fields ?? [], all)
  return (form?.fields ?? [])
    .filter((field) => isAsked(field) && isShown(field, all))
    .map((field) => fieldCondition(field, missing[field.id] === undefined))
}

const isAsked = (field: FieldRow) => field.required !== 'never' && field.required !== ''

/** What the conditions of a rulebook's own fields may ask about. */
export const known = (r: RegisterInput): Values => ({
  matter: r.matter,
  channel: r.channel,
  received_at: r.received_at,
  complainant: r.complainant,
  agent: r.agent,
  respondent: r.respondent,
  request: r.request,
  facts: r.facts,
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
  if (isEmpty(facts.agent)) delete facts.agent
  const sealed = r.protected || form?.protected.includes(r.matter)
  if (!sealed || isEmpty(r.viewers)) delete facts.viewers
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
    const span = limit.by_case ? limit.origin : spanWords(limit.span)
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
