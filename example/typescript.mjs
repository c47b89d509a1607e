// node --import ./example/typescript.mjs PROGRAM runs TypeScript as it stands.
import './no-proxy.mjs'

// From 22.18 on Node takes the types away by itself.
if (!process.features.typescript) await import('./full-typescript.mjs')
