// A second server, made of what every server has: routes of its own, and nothing else.
import { createRouter } from '../../example/http/router.ts'
import { healthHandler } from '../../example/server/health.ts'
import { main } from '../../example/server/main.ts'
import { readSettings } from '../../example/server/read-settings.ts'
import { sharedConfig, sharedSettings } from '../../example/server/settings.ts'

await main({
  readConfig(environment, file) {
    const { env, given } = readSettings(sharedSettings, { environment, file })
    return sharedConfig(env, given)
  },
  createApp({ config, store, log }) {
    const { engine } = config.storeUrl
    const route = createRouter({ '/health': { GET: healthHandler({ store, engine, log }) } })
    return async (req, res) => await route(req)(req, res)
  },
  welcome: (_, port) => `Ready at http://localhost:${port}\n`,
})
