import { fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

interface Known {
  script(name: string): boolean
  path(path: string): boolean
}

/**
 * ```sh shows what a reader types, without an answer. It is read, not run: `npm start` would not end, and
 * `npm ci` would take the packages away from under us. What has an answer to compare is a ```console.
 */
export function shellProblems(file: string, text: string, known: Known): Problem[] {
  const shells = fencesOf(text).filter(({ info }) => info === 'sh')
  return shells.flatMap(({ code, line }) =>
    code
      .split('\n')
      .flatMap((typed, index) =>
        commandsOf(typed).flatMap((command) =>
          wrongIn(command, known).map((what) => ({ file, line: line + 1 + index, what })),
        ),
      ),
  )
}

/** Without comments and settings: `PORT=1338 npm start   # why` is `npm start`. */
function commandsOf(line: string): string[] {
  return line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/&&|\|\||;|\|/)
    .map((command) => command.trim().replace(/^(?:[A-Z][A-Z0-9_]*=\S*\s+)+/, ''))
    .filter((command) => command !== '')
}

const npmOwn = /^npm (?:start|test|ci|install)\b/

function wrongIn(command: string, known: Known): string[] {
  const script = /^npm run ([a-z:-]+)/.exec(command)?.[1]
  if (script !== undefined) return known.script(script) ? [] : [`there is no npm run ${script}`]
  if (npmOwn.test(command) || /^node (?:-p|-e) /.test(command)) return []
  const program = /^(?:npx tap|node --import \.\/example\/typescript\.mjs|node) (\S+)/.exec(
    command,
  )?.[1]
  if (program !== undefined) return known.path(program) ? [] : [`there is no ${program}`]
  return [`nobody can vouch for "${command}": take npm, node or npx tap, or show a \`\`\`console`]
}
