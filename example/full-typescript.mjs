// All of TypeScript on every Node, also what Node's own way cannot run, such as parameter properties.
import * as module from 'node:module'

process.setSourceMapsEnabled(true)
if (module.registerHooks) {
  const { loadSync } = await import('./compile.mjs')
  module.registerHooks({ load: loadSync })
} else module.register('./compile.mjs', import.meta.url)
