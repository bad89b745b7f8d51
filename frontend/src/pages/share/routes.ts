import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/share', name: 'share', component: () => import('./SharePage.vue'), meta: { title: '同步状态' } },
  {
    path: '/share/conflicts',
    name: 'conflicts',
    component: () => import('./ConflictsPage.vue'),
    meta: { title: '冲突' },
  },
] satisfies RouteRecordRaw[]
