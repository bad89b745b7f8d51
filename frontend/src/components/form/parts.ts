// The parts of a person and of an organisation, as inputs of a form.
import type { FieldRow } from '@/backend/shapes'
import { agentFields, guardianFields, personFields, unitFields, type Part } from '@/terms'

const row = (part: Part): FieldRow => ({ type: 'text', required: 'never', options: [], ...part })

export const personParts = personFields.map(row)
export const unitParts = unitFields.map(row)
export const agentParts = [...personParts, ...agentFields.map(row)]
const guardianParts = [...personParts, ...guardianFields.map(row)]

/** partsOf lists what is asked of whoever a field names. */
export function partsOf(field: Pick<FieldRow, 'id' | 'type'>): FieldRow[] {
  if (field.type === 'unit') return unitParts
  if (field.id === 'agent') return agentParts
  return field.id === 'guardian' ? guardianParts : personParts
}
