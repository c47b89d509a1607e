import { adminFlag, commands } from './read-flags.ts'
import { type Setting, settings } from './settings.ts'

/** What `--help` prints. */
export function sayHelp(): string {
  const own = Object.entries(commands).map(([flag, command]) => ({ flag, ...command }))
  const [conf, init, ...rest] = own.map(sayFlag)
  const flags = settings.filter(({ flag }) => flag !== undefined).map(sayFlag)
  return [
    'npm run start:issuer -- [flags]',
    '',
    ...[conf, init, sayFlag(adminFlag), ...rest],
    '',
    ...flags,
    '',
    'A flag counts before the environment, the environment before .env.issuer, and that before the default.',
    'Every setting, also those without a flag, stands in the file that --conf writes.',
  ].join('\n')
}

function sayFlag({ flag, short, takes = '', name, alias, value, about }: Setting): string {
  const written = `  ${short === undefined ? '    ' : `-${short}, `}--${flag} ${takes}`
  const variables = [name, alias].filter((text) => text !== undefined).join(', ')
  const fallback = value ? ` Default: ${value}.` : ''
  return [`${written.padEnd(28)} ${variables}`.trimEnd(), `        ${about}${fallback}`].join('\n')
}

/** What `--conf` writes: every setting at its default, below the sentence that says what it is. */
export function sayFile(): string {
  const lines = settings.flatMap(({ name, value, about }) =>
    name === undefined ? [] : [`# ${about}`, `${name}=${value}`],
  )
  return `${[...head, ...lines].join('\n')}\n`
}

const head = [
  '# Every setting of the issuer, at its default. `npm run start:issuer -- --conf` writes this as .env.issuer, which git ignores.',
  '# Once it holds a password, it must be for you alone: chmod 600 .env.issuer. A name that is no setting is refused.',
  '',
]
