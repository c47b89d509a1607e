import { fileURLToPath } from 'node:url'
import { commandProblems } from './docs/commands.ts'
import { linkProblems } from './docs/links.ts'
import { quoteProblems } from './docs/quotes.ts'
import { sessionProblems } from './docs/sessions.ts'
import { filesBelow, lessonSlugs, listFiles, npmScripts } from './files.ts'
import { sayProblem } from './problem.ts'

// npm run docs: what the documents claim. Links lead somewhere, code that names a file equals that file,
// commands exist, and the terminal sessions shown are what a running server answers today.

const root = fileURLToPath(new URL('..', import.meta.url))
const files = filesBelow(root)
const documents = new Map(listFiles(root, '.md').map((path) => [path, files.read(path)]))
const lessons = new Set(lessonSlugs(root).map((slug) => Number.parseInt(slug, 10)))
const known = { scripts: npmScripts(files), lessons, has: files.has }

const problems = [...documents].flatMap(([file, text]) => [
  ...linkProblems(file, text, files),
  ...commandProblems(file, text, known),
  ...quoteProblems(file, text, files),
])
problems.push(...(await sessionProblems(root, documents)))

for (const problem of problems) console.error(sayProblem(problem))
console.log(`${documents.size} documents checked, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
