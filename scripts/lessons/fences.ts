import { quotedFile } from '../docs/quotes.ts'
import { type Fence, fencesOf, sectionOf } from '../markdown.ts'
import { type Problem, unless } from '../problem.ts'
import { stepsOf } from '../shown.ts'

const [mostQuotes, mostLines] = [3, 15]

/** Nothing is shown that no machine looks at. */
export function fenceProblems(file: string, number: number, text: string): Problem[] {
  const fences = fencesOf(text)
  const quotes = fences.filter(({ info }) => quotedFile(info) !== undefined).length
  const demos = fencesOf(sectionOf(text, 'Try it') ?? '').filter(isDemo)
  const inAll = [
    ...unless(quotes <= mostQuotes, `quotes ${quotes} pieces of code: at most ${mostQuotes}`),
    ...unless(demos.length > 0, 'shows no ```console demo in Try it'),
  ]
  return [
    ...inAll.map((what) => ({ file, what })),
    ...fences.flatMap((fence) =>
      wrongIn(fence, number).map((what) => ({ file, line: fence.line, what })),
    ),
  ]
}

export function isDemo({ info }: Fence): boolean {
  return info === 'console demo'
}

/**
 * By its info string: who looks at a fence. `console` is typed by npm run docs; `mermaid` and `text` are
 * drawings, which nobody can run. `sh` is what a reader types, without an answer: it is read, not run, since
 * `npm start` would not end, and `npm ci` would take the packages away from under us.
 */
function wrongIn(fence: Fence, number: number): string[] {
  const { info, code } = fence
  if (['console', 'console redis', 'mermaid', 'text'].includes(info)) return []
  if (isDemo(fence)) return wrongDemo(code, number)
  if (info === 'sh') return code.split('\n').flatMap(wrongCommand)
  if (info === 'json') return wrongJson(code)
  const lines = code.trimEnd().split('\n').length
  if (quotedFile(info) !== undefined)
    return unless(lines <= mostLines, `quotes ${lines} lines of code: at most ${mostLines}`)
  return [
    `no machine looks at a fence \`\`\`${info}: quote a file with file=…, or show a \`\`\`console`,
  ]
}

function wrongDemo(code: string, number: number): string[] {
  return [
    ...unless(code.startsWith('$ '), `begins otherwise than "$ npm run learn demo ${number}"`),
    ...stepsOf(code).flatMap(({ command }) =>
      unless(
        demoArguments(command, number) !== undefined,
        `runs "${command}", which is not npm run learn demo ${number}`,
      ),
    ),
  ]
}

/** What stands behind the number; `undefined` for any other command. */
export function demoArguments(command: string, number: number): string[] | undefined {
  const [, found, typed = ''] = /^npm run learn demo 0?(\d+)(.*)$/.exec(command) ?? []
  if (Number(found) !== number) return undefined
  return [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = '']) => quoted ?? bare)
}

/** Whether a script or a file exists, commands.ts says. */
function wrongCommand(line: string): string[] {
  const commands = line.replace(/(?:^|\s)#.*$/, '').split(/&&|\|\||;|\|/)
  const bare = commands.map((command) => command.trim().replace(/^(?:[A-Z][A-Z0-9_]*=\S*\s+)+/, ''))
  return bare.flatMap((command) =>
    unless(
      /^(?:$|npm |npx tap |node )/.test(command),
      `nobody can vouch for "${command}": take npm, node or npx tap, or show a \`\`\`console`,
    ),
  )
}

function wrongJson(code: string): string[] {
  try {
    JSON.parse(code)
    return []
  } catch {
    return ['is no JSON']
  }
}
