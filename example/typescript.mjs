// node --import ./example/typescript.mjs PROGRAM runs TypeScript as it stands.
//
// From 22.18 on Node takes the types away by itself. An older one needs tsx, which keeps what it has compiled
// in a folder that all users of the machine share, and runs what it finds there, whoever wrote it: so
// it is loaded with that cache off.
import { register } from 'node:module'
import './no-proxy.mjs'

if (!process.features.typescript) {
  const cacheOff = "process.env.TSX_DISABLE_CACHE = '1'"
  process.env.TSX_DISABLE_CACHE = '1'
  // The thread that compiles has an environment of its own, if another loader has started it before us.
  register(`data:text/javascript,${encodeURIComponent(cacheOff)}`)
  await import('tsx')
}
