import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { loadPreferences } from './composables/usePreferences'
import { refreshDesk } from './composables/useDesk'
import { guardRoutes, router } from './router'
import './style.css'

// The first thing drawn is already in the right colours and on the right screen.
async function start(): Promise<void> {
  await Promise.all([loadPreferences(), refreshDesk()])
  guardRoutes()
  createApp(App).use(createPinia()).use(router).mount('#app')
}

void start()
