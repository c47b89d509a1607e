import type { Finding } from './finding.ts'

// From facts to findings: nothing here looks at the machine.

const here = (what: string, found: string): Finding => ({ what, state: 'here', found })

export function nodeFinding(version: string, least: string): Finding {
  const what = 'Node'
  if (!isBefore(version, least)) return here(what, version)
  const found = `${version} is too old: ${least} or later`
  return { what, state: 'missing', found, mend: 'nvm install 24, or https://nodejs.org' }
}

/** What package-lock.json and npm's own list of what it has installed say of packages, by their folders. */
export interface Packages {
  readonly [folder: string]: {
    readonly version?: string
    readonly optional?: boolean
    readonly dev?: boolean
  }
}

/** `trouble`: why a package that is compiled for each kind of machine cannot be loaded. */
export function packagesFinding(
  locked: Packages,
  installed: Packages | undefined,
  trouble: string | undefined,
): Finding {
  const what = 'npm packages'
  const wanted = Object.entries(locked).filter(
    ([folder, { optional }]) => folder !== '' && !optional,
  )
  if (wanted.length === 0)
    return {
      ...{ what, state: 'missing', found: 'package-lock.json is missing or damaged' },
      // Unlike git restore, this works in the middle of a merge, too.
      mend: 'git checkout HEAD -- package-lock.json',
    }
  const wrong = wanted.filter(([folder, { version }]) => installed?.[folder]?.version !== version)
  const [first] = wrong
  if (first === undefined && trouble === undefined) return here(what, `${wanted.length}, as locked`)
  const found =
    first === undefined
      ? `level cannot be loaded: ${trouble}`
      : `${wrong.length} of ${wanted.length} are not as locked, such as ${first[0].replace(/^.*node_modules\//, '')}`
  // npm leaves out the packages for development where NODE_ENV is production.
  const onlyDev = wrong.length > 0 && wrong.every(([, { dev }]) => dev)
  return { what, state: 'missing', found, mend: onlyDev ? 'npm ci --include=dev' : 'npm ci' }
}

/** A list that git has otherwise, though what it is made from has not changed: nobody meant that. */
export function lockFinding(rewritten: boolean): Finding[] {
  if (!rewritten) return []
  const found = 'has changed: npm install of an older npm rewrites it, and git pull is refused'
  const mend = 'git checkout package-lock.json\nnpm ci'
  return [{ what: 'package-lock', state: 'optional', found, mend }]
}

/** `built`: whether tap was compiled in this folder. It keeps links, which in a copy lead to the first one. */
export function tapFinding(built: boolean): Finding {
  const what = 'tap'
  if (built) return here(what, 'compiled for this folder')
  const found =
    'was not compiled for this folder, as in a copy: it finds no tests, or "weird things"'
  return { what, state: 'optional', found, mend: 'npx tap build' }
}

/** `kept`: whether a file can be for its owner alone there. */
export function recordsFinding(trouble: string | undefined, kept: boolean): Finding {
  const finding = folderFinding('data', trouble)
  if (trouble !== undefined || kept) return finding
  const found =
    'all may read and write there, and chmod changes nothing: the server keeps no secret'
  const mend = 'STORE_URL=level:$HOME/jwt-data npm start'
  return { ...finding, state: 'optional', found, mend }
}

export function folderFinding(folder: string, trouble: string | undefined): Finding {
  const what = `${folder}/`
  if (trouble === undefined) return here(what, 'can be written')
  if (/^(?:EEXIST|ENOTDIR|ENOENT)\b/.test(trouble)) {
    const mend = `move it away: mv ${folder} ${folder}.old`
    return { what, state: 'missing', found: 'a file stands where a folder should be', mend }
  }
  const mend = 'put a clone of the repository where you may write'
  return { what, state: 'missing', found: `cannot be written: ${trouble}`, mend }
}

/** `trouble`: why watching could not begin. */
export function watchFinding(seconds: number | undefined, trouble?: string): Finding {
  const what = 'file events'
  if (seconds !== undefined) return here(what, `arrive after ${Math.round(seconds * 1000)} ms`)
  const found = trouble ?? 'do not arrive here, as on some network drives and container mounts'
  return { what, state: 'optional', found, mend: 'npm run learn -- --manual' }
}

/** `start`: the command that starts the server of this port. */
export function portFinding(
  port: number,
  trouble: string | undefined,
  start = 'npm start',
): Finding {
  if (trouble === 'ERR_SOCKET_BAD_PORT') {
    const found = 'is not a whole number from 0 to 65535'
    return { what: 'PORT', state: 'optional', found, mend: `PORT=1337 ${start}` }
  }
  const what = `port ${port}`
  if (trouble === undefined) return here(what, 'free')
  const found =
    trouble === 'EADDRINUSE' ? 'taken, perhaps by a server of yours' : `cannot be used: ${trouble}`
  const other = port < 1024 || port === 65_535 ? 1338 : port + 1
  // Where a server of yours has the port, it has its records, too; the example API has none.
  const records = start === 'npm run start:api' ? '' : 'STORE_URL=memory: '
  return { what, state: 'optional', found, mend: `PORT=${other} ${records}${start}` }
}

/** A program, and what it says of its version; `said` is absent where it does not run. */
export interface Program {
  readonly path: string
  readonly said?: string
}

const leastRedis = '6.0'

export function redisFinding(program: Program | undefined): Finding {
  const version = /v=(\d[\d.]*)/.exec(program?.said ?? '')?.[1]
  if (program !== undefined && version !== undefined && !isBefore(version, leastRedis))
    return here('Redis', `${version}, ${program.path}`)
  const without = 'lesson 10 needs it, and its tests are skipped'
  const found =
    version === undefined
      ? sayMissing(program, without)
      : `${version}, ${program?.path}, is too old: ${leastRedis} or later; ${without}`
  return { what: 'Redis', state: 'optional', found, mend: 'npm run setup' }
}

export function browserFinding(
  what: 'Chromium' | 'Firefox',
  program: Program | undefined,
): Finding {
  const version = /\d+(?:\.\d+)+/.exec(program?.said ?? '')?.[0]
  if (program !== undefined && version !== undefined)
    return here(what, `${version}, ${program.path}`)
  const found = sayMissing(program, 'without it its tests are skipped')
  return { what, state: 'optional', found, mend: 'npm run setup' }
}

export function pythonFinding({ path, said = '' }: Program): Finding {
  const version = /^\d[\d.]*/.exec(said)?.[0]
  if (version !== undefined) return here('Python', `PyJWT ${version} and jwcrypto, ${path}`)
  const found = `${path} does not have PyJWT and jwcrypto: a test needs them`
  return { what: 'Python', state: 'optional', found, mend: 'npm run setup' }
}

function sayMissing(program: Program | undefined, without: string): string {
  return program === undefined
    ? `not found: ${without}`
    : `${program.path} does not run; ${without}`
}

export interface TerminalFacts {
  /** Absent where the output is no terminal. */
  readonly columns: number | undefined
  readonly colors: boolean
  readonly noColor: boolean
}

const enoughColumns = 80

export function terminalFinding({ columns, colors, noColor }: TerminalFacts): Finding {
  const what = 'terminal'
  if (columns === undefined) {
    const found = 'none, but a pipe or a file: the guide prints line after line'
    return { what, state: 'optional', found }
  }
  const look = colors ? 'colors' : noColor ? 'no colors, since NO_COLOR is set' : 'no colors'
  if (columns >= enoughColumns) return here(what, `${columns} columns, ${look}`)
  const found = `${columns} columns, ${look}: lines longer than that are wrapped`
  return { what, state: 'optional', found, mend: `make the window ${enoughColumns} columns wide` }
}

/** Number by number: 20.9 is before 20.20.2. */
function isBefore(version: string, least: string): boolean {
  const [left = [], right = []] = [version, least].map((text) => text.split('.').map(Number))
  const at = right.findIndex((number, index) => number !== (left[index] ?? 0))
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0)
}
