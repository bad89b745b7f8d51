import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/work', name: 'work', component: () => import('./WorkPage.vue'), meta: { title: '工作台' } },
] satisfies RouteRecordRaw[]
