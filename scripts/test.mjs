// npm test: tap, which by itself finds no TypeScript in a folder that it is given.
import { statSync } from 'node:fs'

process.argv = process.argv.map((argument, at) =>
  at > 1 && statSync(argument, { throwIfNoEntry: false })?.isDirectory()
    ? `${argument.replace(/[\\/]+$/, '')}/**/*.test.ts`
    : argument,
)
await import('../node_modules/tap/dist/esm/run.mjs')
