import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/cases', name: 'cases', component: () => import('./CasesPage.vue'), meta: { title: '案件' } },
  {
    path: '/cases/:number',
    name: 'case',
    component: () => import('./CasePage.vue'),
    props: true,
    meta: { title: '案件' },
  },
] satisfies RouteRecordRaw[]
