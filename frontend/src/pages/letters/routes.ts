import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/letters',
    name: 'letters',
    component: () => import('./LettersPage.vue'),
    meta: { title: '文书' },
  },
] satisfies RouteRecordRaw[]
