// How this machine shows the desk. Kept by Go in a file without anything about cases; a change is
// visible at once and written a moment later.
import { computed, reactive, watch } from 'vue'
import * as settings from '@/backend/settings'
import type { Preferences } from '@/backend/shapes'
import type { Density } from '@/theme'
import { setSingleKeys } from './useHotkeys'

const defaults: Preferences = {
  width: 0,
  height: 0,
  maximised: false,
  theme: 'system',
  density: 'normal',
  font_size: 14,
  single_keys: true,
  idle_minutes: 15,
  nav_narrow: false,
  widths: {},
  choices: {},
}

export const preferences = reactive<Preferences>({ ...defaults })

const systemDark = window.matchMedia?.('(prefers-color-scheme: dark)')
const system = reactive({ dark: systemDark?.matches ?? false })
systemDark?.addEventListener('change', (event) => (system.dark = event.matches))

export const isDark = computed(() =>
  preferences.theme === 'system' ? system.dark : preferences.theme === 'dark',
)
export const density = computed((): Density =>
  preferences.density === 'compact' || preferences.density === 'loose' ? preferences.density : 'normal',
)

let timer: ReturnType<typeof setTimeout> | undefined

/** Reads what is kept; without an answer the defaults stay. */
export async function loadPreferences(): Promise<void> {
  try {
    Object.assign(preferences, await settings.preferences())
  } catch {
    // A window that looks plain is better than none.
  }
  setSingleKeys(preferences.single_keys)
  watch(preferences, () => {
    setSingleKeys(preferences.single_keys)
    clearTimeout(timer)
    timer = setTimeout(() => void settings.setPreferences({ ...preferences }).catch(() => undefined), 400)
  })
}
