import { expect, test } from 'vitest'
import type { RegimeForm } from '@/backend/shapes'
import { emptyRegistration, toInput } from './registration'

const form = { matters: [], fields: [], standard: [], protected: ['report'] } as unknown as RegimeForm

test('officers are named only where the person is kept secret', () => {
  const named = { viewers: ['o1'] }
  const sent = (more: object) => toInput(emptyRegistration({ ...named, ...more }), form, 'register').viewers
  expect(sent({})).toBeUndefined()
  expect(sent({ protected: true })).toEqual(['o1'])
  expect(sent({ matter: 'report' })).toEqual(['o1'])
  expect(sent({ protected: true, viewers: [] })).toBeUndefined()
})
