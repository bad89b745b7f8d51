import type { Values } from '@/components/form/guards'

/** What differs, whole values only: Go replaces a person or an organisation as one. */
export function changedValues(before: Values, after: Values): Values {
  const changed: Values = {}
  for (const [id, value] of Object.entries(after)) {
    if (canonical(value) !== canonical(before[id])) changed[id] = value ?? null
  }
  return changed
}

/** Empty parts and missing parts are the same; the order of parts says nothing. */
function canonical(value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value)
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined && part !== null && part !== '')
    .sort(([a], [b]) => a.localeCompare(b))
  return JSON.stringify(parts)
}
