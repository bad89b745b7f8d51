// The conditions a rulebook puts on a field, judged over what the form holds. Conditions on the case
// (stage, marks, clocks, roles) are judged by Go before the form is sent here; they count as met.

export type Values = Record<string, unknown>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at "complainant.name" or "amount". */
export function valueAt(values: Values, path: string): unknown {
  if (path in values) return values[path]
  let at: unknown = values
  for (const part of path.split('.')) {
    if (!isObject(at)) return undefined
    at = at[part]
  }
  return at
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.values(value).every(isEmpty)
}

export function holds(guard: unknown, values: Values): boolean {
  if (!isObject(guard)) return true
  const { all, any, not } = guard
  if (Array.isArray(all) && !all.every((g) => holds(g, values))) return false
  if (Array.isArray(any) && any.length > 0 && !any.some((g) => holds(g, values))) return false
  if (isObject(not) && holds(not, values)) return false
  return typeof guard.field !== 'string' || fieldHolds(guard, valueAt(values, guard.field))
}

function fieldHolds(guard: Values, value: unknown): boolean {
  const bounds: boolean[] = []
  if (guard.is !== undefined && guard.is !== null) bounds.push(equal(value, guard.is))
  if (Array.isArray(guard.in)) {
    const allowed = guard.in
    bounds.push(Array.isArray(value) ? value.some((v) => allowed.includes(v)) : allowed.includes(value))
  }
  if (typeof guard.min === 'number') bounds.push(asNumber(value) >= guard.min)
  if (typeof guard.max === 'number') bounds.push(asNumber(value) <= guard.max)
  return bounds.length === 0 ? !isEmpty(value) : bounds.every(Boolean)
}

const equal = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value)
    ? value.includes(wanted)
    : value === wanted || (wanted === false && value === undefined)

/** NaN, which no bound admits, for what is no number. */
const asNumber = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN
