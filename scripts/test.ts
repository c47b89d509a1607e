// npm test: tap, which by itself finds no TypeScript in a folder that it is given, starts a process for every file,
// and leaves one core free, also where there are two. Tests wait for a third of their time, for a browser, a Redis or a
// server: so one more runs than there are cores.
import { existsSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { testFiles } from '../test/support/together.ts'

const [node = '', program = '', ...given] = process.argv
const groups = new Set(testFiles.flatMap(({ group }) => (group ? `${group}.ts` : [])))
const everything = [...groups, ...testFiles.flatMap(({ file, group }) => (group ? [] : file))]
const wanted = given.map((argument) =>
  statSync(argument, { throwIfNoEntry: false })?.isDirectory()
    ? `${argument.replace(/[\\/]+$/, '')}/**/*.test.ts`
    : argument,
)
const isNarrowed = wanted.some((argument) => argument.includes('*') || existsSync(argument))
const jobs = availableParallelism() + 1
process.argv = [
  node,
  program,
  `--jobs=${jobs}`,
  ...(isNarrowed ? [] : everything.map((name) => join('test', name))),
  ...wanted,
]
await import('../node_modules/tap/dist/esm/run.mjs')
