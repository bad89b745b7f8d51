import { expect, test } from 'vitest'
import type { FieldRow } from '@/backend/shapes'
import { rowsOf } from './usePeople'

const group = (id: string): FieldRow => ({ id, label: id, type: 'group', required: 'never', options: [] })

test('the tab counts the rows of its own groups only', () => {
  const forms = [group('members'), group('consents'), group('heirs')]
  const fields = { members: [{ name: '甲' }, { name: '乙' }], consents: [{}], items: [{}], heirs: '无' }
  expect(rowsOf(forms, { fields })).toBe(3)
  expect(rowsOf(forms)).toBe(0)
})
