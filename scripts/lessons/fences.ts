import { quotedFile } from '../docs/quotes.ts'
import { type Fence, fencesOf, sectionOf } from '../markdown.ts'
import { type Problem, wrongs } from '../problem.ts'
import { stepsOf } from '../shown.ts'

/** Nothing is shown that no machine looks at. */
export function fenceProblems(file: string, number: number, text: string): Problem[] {
  const fences = fencesOf(text)
  const quotes = fences.filter(({ info }) => quotedFile(info) !== undefined).length
  const inAll = wrongs({
    [`quotes ${quotes} pieces of code: at most 3`]: quotes > 3,
    'shows no ```console demo in Try it': !fencesOf(sectionOf(text, 'Try it')).some(isDemo),
  })
  const inEach = fences.flatMap((fence) =>
    wrongIn(fence, number).map((what) => ({ file, line: fence.line, what })),
  )
  return [...inAll.map((what) => ({ file, what })), ...inEach]
}

/** Some demonstrations need a browser. */
export function isDemo({ info }: Pick<Fence, 'info'>): boolean {
  return info === 'console demo' || info === browserDemo
}

export const browserDemo = 'console demo chromium'

/**
 * By its info string: who looks at a fence. `console` is typed by npm run docs; `mermaid` and `text` are
 * drawings, which nobody can run. `sh` is what a reader types, without an answer: it is read, not run, since
 * `npm start` would not end, and `npm ci` would take the packages away from under us.
 */
function wrongIn({ info, code }: Fence, number: number): string[] {
  if (['console', 'console redis', 'mermaid', 'text'].includes(info)) return []
  if (isDemo({ info })) return wrongDemo(code, number)
  if (info === 'sh') return code.split('\n').flatMap(wrongCommand)
  const lines = code.trimEnd().split('\n').length
  const quoted = quotedFile(info) !== undefined
  return wrongs({
    [`quotes ${lines} lines of code: at most 15`]: quoted && lines > 15,
    [`no machine looks at a fence \`\`\`${info}: quote a file with file=…, or show a \`\`\`console`]:
      !quoted,
  })
}

function wrongDemo(code: string, number: number): string[] {
  const others = stepsOf(code).filter(({ command }) => demoArguments(command, number) === undefined)
  const ours = `npm run learn demo ${number}`
  return [
    ...wrongs({ [`begins otherwise than "$ ${ours}"`]: !code.startsWith('$ ') }),
    ...others.map(({ command }) => `runs "${command}", which is not ${ours}`),
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
  return line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/&&|\|\||;|\|/)
    .map((command) => command.trim().replace(/^(?:[A-Z][A-Z0-9_]*=\S*\s+)+/, ''))
    .filter((command) => !/^(?:$|npm |npx tap |node )/.test(command))
    .map(
      (command) =>
        `nobody can vouch for "${command}": take npm, node or npx tap, or show a \`\`\`console`,
    )
}
