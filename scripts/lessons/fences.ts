import { type Fence, fencesOf, sectionOf } from '../markdown.ts'
import { type Problem, wrongs } from '../problem.ts'
import { stepsOf } from '../shown.ts'

/** Nothing is shown that no machine looks at. */
export function fenceProblems(file: string, number: number, text: string): Problem[] {
  const tried = fencesOf(sectionOf(text, 'Try it')).some(isDemo)
  const inAll = wrongs({ 'shows no ```console demo in Try it': !tried })
  const inEach = fencesOf(text).flatMap((fence) =>
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
 * By its info string: who looks at a fence. `console` is typed by npm run docs, which compares a quoted file, too; `mermaid`
 * and `text` are drawings, which nobody can run. `sh` is what a reader types, without an answer: it is read, not run, since
 * `npm start` would not end, and `npm ci` would take the packages away from under us.
 */
const looked = /^(?:console(?: redis)?|mermaid|text|sh|\w+ file=\S+)$/

function wrongIn({ info, code }: Fence, number: number): string[] {
  if (isDemo({ info })) return wrongDemo(code, number)
  const what = `no machine looks at a fence \`\`\`${info}: quote a file with file=…, or show a \`\`\`console`
  return wrongs({ [what]: !looked.test(info) })
}

function wrongDemo(code: string, number: number): string[] {
  const ours = `npm run learn demo ${number}`
  const others = stepsOf(code).filter(({ command }) => demoArguments(command, number) === undefined)
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
