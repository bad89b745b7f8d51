import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/register',
    name: 'register',
    component: () => import('./RegisterPage.vue'),
    meta: { title: '登记' },
  },
  {
    path: '/split/:whole',
    name: 'split',
    component: () => import('./SplitPage.vue'),
    props: true,
    meta: { title: '分案登记' },
  },
] satisfies RouteRecordRaw[]
