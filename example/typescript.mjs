// node --import ./example/typescript.mjs PROGRAM runs TypeScript as it stands.
import './no-proxy.mjs'
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

// Node 24 starts in two thirds of the time with what it compiled before. Kept beside the packages, never in the
// folder that all users share; where nobody may write, nothing is kept. Coverage counts less exactly with it.
if (!process.env.NODE_V8_COVERAGE)
  module.enableCompileCache?.(
    fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)),
  )

// From 22.18 on Node takes the types away by itself.
if (!process.features.typescript) await import('./full-typescript.mjs')
