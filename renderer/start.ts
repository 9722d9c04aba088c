import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import type { Fragment } from './client/fragment'
import { createPageRouter } from './router'
import { useConnection } from './stores/connection'
import { usePreferences } from './stores/preferences'

/** Puts the page together and connects it. */
export function start({ token, isSample }: Fragment): void {
  const app = createApp(App)
  app.use(createPinia())
  app.use(createPageRouter())
  const preferences = usePreferences()
  void useConnection().start(token, isSample, () => preferences.isKeptByHost ? null : preferences.preferences.endpointId)
  app.mount('#app')
}
