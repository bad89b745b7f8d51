// The addresses of the desk. Every folder of pages/ brings its own in routes.ts (a default export of
// RouteRecordRaw[]), so a new screen touches no other folder. Hash history: wails:// knows no paths.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the title bar and the palette call the screen. */
    title?: string
    /** Shown without the frame and without an officer: first run, unlocking. */
    bare?: boolean
  }
}

const found = import.meta.glob<{ default: RouteRecordRaw[] }>('./pages/*/routes.ts', { eager: true })

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/work' },
  ...Object.values(found).flatMap((module) => module.default),
  { path: '/:pathMatch(.*)*', redirect: '/work' },
]

export const router = createRouter({ history: createWebHashHistory(), routes })
