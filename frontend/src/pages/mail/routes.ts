import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/mail', name: 'mail', component: () => import('./MailPage.vue'), meta: { title: '邮件导入' } },
] satisfies RouteRecordRaw[]
