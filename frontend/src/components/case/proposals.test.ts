import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { ActionRow, CaseDetail } from '@/backend/shapes'
import CaseProposals from './CaseProposals.vue'

const classify: ActionRow = {
  id: 'classify',
  label: '分级',
  track: 'main',
  article: '',
  fields: [],
  letters: [],
  allowed: true,
  reversible: true,
}
const proposals: CaseDetail['proposals'] = [
  {
    rule: 'serious-repeat',
    label: '屡教不改',
    action: 'classify',
    action_label: '分级',
    value: '严重性',
    why: '此前有 2 件同类情形',
    article: '3.1.2 d)',
    cases: [
      {
        id: '1',
        number: 'YJ01-AA-2026-000001',
        received_at: '2026-09-01T09:00:00+08:00',
        stage_label: '已归档',
        shows: [{ label: '教育内容', text: '样本教育' }],
      },
    ],
  },
]
const show = (actions: ActionRow[], rows = proposals) =>
  mount(CaseProposals, {
    props: { proposals: rows, actions },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })

test('what earlier cases suggest is said with their numbers, and one button opens the action', async () => {
  const wrapper = show([classify])
  for (const words of ['屡教不改', '严重性', '3.1.2 d)', 'YJ01-AA-2026-000001', '样本教育', '2026-09-01'])
    expect(wrapper.text()).toContain(words)
  expect(wrapper.findComponent(RouterLinkStub).props('to')).toBe('/cases/YJ01-AA-2026-000001')
  expect(wrapper.findAll('button')).toHaveLength(1)
  await wrapper.get('button').trigger('click')
  expect(wrapper.emitted('act')).toEqual([[classify]])
})

test('what is not allowed has no button, and nothing suggested shows nothing', () => {
  expect(
    show([{ ...classify, allowed: false }])
      .find('button')
      .exists(),
  ).toBe(false)
  expect(show([classify], []).find('ul').exists()).toBe(false)
})
