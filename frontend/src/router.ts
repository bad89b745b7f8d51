// The addresses of the desk. Every folder of pages/ brings its own in routes.ts (a default export of
// RouteRecordRaw[]), so a new screen touches no other folder. Hash history: wails:// knows no paths.
import {
  createRouter,
  createWebHashHistory,
  type RouteLocationNormalized,
  type RouteRecordRaw,
} from 'vue-router'
import { desk, isOpen } from './composables/useDesk'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the title bar and the palette call the screen. */
    title?: string
    /** Shown without the frame and without an officer: first run, unlocking. */
    bare?: boolean
    /** Holds nothing of any case: shown before somebody has unlocked the desk too. */
    open?: boolean
  }
}

const found = import.meta.glob<{ default: RouteRecordRaw[] }>('./pages/*/routes.ts', { eager: true })

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/work' },
  ...Object.values(found).flatMap((module) => module.default),
  { path: '/:pathMatch(.*)*', redirect: '/work' },
]

export const router = createRouter({ history: createWebHashHistory(), routes })

/** Where somebody must be before anything else: first run without a data folder, unlocking without an officer. */
export function entrance(): string | undefined {
  if (isOpen.value || desk.error !== undefined) return undefined
  return desk.status?.exists ? 'unlock' : 'setup'
}

/** The program has just begun, or the page was read again: nothing was on the screen before. */
const isFirst = (from: RouteLocationNormalized) => from.matched.length === 0

export function guardRoutes(): void {
  router.beforeEach((to, from) => {
    const door = entrance()
    // Finishing the first run goes on after the folder is open, so an open desk may stay on a bare screen.
    if (door === undefined) return isFirst(from) && to.meta.bare ? '/work' : true
    if (to.name === door) return true
    if (to.meta.bare && to.name === 'setup') return true
    if (to.meta.open) return true
    return { name: door, query: door === 'unlock' && to.path !== '/work' ? { to: to.fullPath } : {} }
  })
}
