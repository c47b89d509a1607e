import { fileURLToPath } from 'node:url'
import { readCourse } from '../tutor/journey/course.ts'
import { claimProblems } from './docs/claims.ts'
import { sessionProblems } from './docs/sessions.ts'
import { filesBelow, listFiles } from './files.ts'
import { sayProblem } from './problem.ts'

// npm run docs: what the documents claim. Links lead somewhere, code that names a file equals that file,
// commands exist, and the terminal sessions shown are what a running server answers today.

const root = fileURLToPath(new URL('..', import.meta.url))
const files = filesBelow(root)
const documents = new Map(listFiles(root, '.md').map((path) => [path, files.read(path)]))
const lessons = readCourse(root)

const problems = [...documents.keys()].flatMap((file) => claimProblems(file, files, lessons))
problems.push(...(await sessionProblems(root, documents)))

for (const problem of problems) console.error(sayProblem(problem))
console.log(`${documents.size} documents checked, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
