import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/settings',
    component: () => import('./SettingsPage.vue'),
    meta: { title: '设置' },
    redirect: '/settings/office',
    children: [
      {
        path: 'office',
        name: 'settings-office',
        component: () => import('./OfficePane.vue'),
        meta: { title: '单位与人员' },
      },
      {
        path: 'regimes',
        name: 'settings-regimes',
        component: () => import('./RegimesPane.vue'),
        meta: { title: '办法' },
      },
      {
        path: 'calendar',
        name: 'settings-calendar',
        component: () => import('./CalendarPane.vue'),
        meta: { title: '日历' },
      },
      {
        path: 'mail',
        name: 'settings-mail',
        component: () => import('./MailPane.vue'),
        meta: { title: '邮箱' },
      },
      {
        path: 'keep',
        name: 'settings-keep',
        component: () => import('./KeepPane.vue'),
        meta: { title: '备份与校验' },
      },
      {
        path: 'look',
        name: 'settings-look',
        component: () => import('./LookPane.vue'),
        meta: { title: '外观' },
      },
      {
        path: 'keys',
        name: 'settings-keys',
        component: () => import('./KeysPane.vue'),
        meta: { title: '快捷键' },
      },
      {
        path: 'about',
        name: 'settings-about',
        component: () => import('./AboutPane.vue'),
        meta: { title: '关于' },
      },
    ],
  },
] satisfies RouteRecordRaw[]
