// The groups every case has for its people: what a row asks, and the way to write one.
import * as people from '@/backend/people'
import type { CaseDetail, FieldRow, RecordRow } from '@/backend/shapes'
import type { OpenCase } from '@/components/case/useCase'
import { useCommands } from '@/composables/useCommands'
import { useResource } from '@/composables/useResource'

/** How many rows were written so far. */
export const rowsOf = (forms: readonly FieldRow[], shown?: Pick<CaseDetail, 'fields'>): number =>
  forms.reduce((sum, group) => {
    const rows: unknown = shown?.fields[group.id]
    return sum + (Array.isArray(rows) ? rows.length : 0)
  }, 0)

export function usePeople(open: OpenCase) {
  const forms = useResource(() => open.shown.value?.number, people.forms)
  const record = (group: FieldRow, row?: RecordRow) => (open.sheet.value = { kind: 'record', group, row })
  useCommands(() => {
    const number = open.shown.value?.number
    if (!number) return []
    return (forms.data.value ?? []).map((group) => ({
      id: `record-${group.id}`,
      group: '做',
      label: `记录：${group.label}`,
      words: 'jilu jl',
      hint: number,
      run: () => record(group),
    }))
  })
  return { forms, record }
}
