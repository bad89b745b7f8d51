import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/regimes/:name',
    name: 'regime',
    component: () => import('./RegimePage.vue'),
    props: true,
    meta: { title: '办法' },
  },
  {
    // Open to everybody at the desk, before anybody has unlocked it too: it holds no case.
    path: '/reception',
    name: 'reception',
    component: () => import('./ReceptionPage.vue'),
    meta: { title: '怎么接待投诉', open: true },
  },
] satisfies RouteRecordRaw[]
