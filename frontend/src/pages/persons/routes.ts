import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/persons/:number?',
    name: 'persons',
    component: () => import('./PersonsPage.vue'),
    props: true,
    meta: { title: '人员' },
  },
] satisfies RouteRecordRaw[]
