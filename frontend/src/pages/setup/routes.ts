import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./SetupPage.vue'),
    meta: { title: '首次运行', bare: true },
  },
  {
    path: '/unlock',
    name: 'unlock',
    component: () => import('./UnlockPage.vue'),
    meta: { title: '解锁', bare: true },
  },
]
export default routes
