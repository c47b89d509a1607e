import { fileURLToPath } from 'node:url'
import { checkLessons } from './lessons/check.ts'

// npm run lessons:check [N …]: what every lesson promises, looked at by a machine.
// npm run lessons:check -- --write: first writes what documents repeat of the lessons.

const root = fileURLToPath(new URL('..', import.meta.url))
process.exitCode = await checkLessons(root, process.argv.slice(2), console)
