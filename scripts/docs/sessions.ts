import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '../../test/support/redis.ts'
import type { Teardown } from '../../test/support/redis-server.ts'
import { fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { sayDifference, stepsOf } from '../shown.ts'

const typescript = import.meta.resolve('../../example/typescript.mjs')

/** The shown addresses, and where the servers really are. */
type Addresses = ReadonlyMap<string, string>

/**
 * A ```console fence is typed into a shell beside a running server, a ```console redis fence beside two
 * servers on one Redis, a ```console accounts fence beside an accounts server. What shall run without any is not for us: see scripts/lessons/ for ```console demo.
 */
export async function sessionProblems(
  root: string,
  documents: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const fences = [...documents].flatMap(([file, text]) =>
    fencesOf(text).map((fence) => ({ file, ...fence })),
  )
  const [alone, onRedis, accounts] = ['console', 'console redis', 'console accounts'].map((kind) =>
    fences.filter(({ info }) => info === kind),
  )
  const problems: Problem[] = []
  const type = (typed: typeof fences | undefined, addresses: Addresses) => {
    for (const { file, line, code } of typed ?? [])
      problems.push(...differences(code, addresses).map((what) => ({ file, line, what })))
  }
  const teardowns: Array<() => unknown> = []
  try {
    const t: Teardown = { teardown: (end) => void teardowns.push(end) }
    if (alone?.length) type(alone, await startOne(root, t))
    if (onRedis?.length) type(onRedis, await startTwo(root, t))
    if (accounts?.length) type(accounts, await startAccounts(root, t))
  } finally {
    for (const end of teardowns.reverse()) await end()
  }
  return problems
}

function differences(code: string, addresses: Addresses): string[] {
  const steps = stepsOf(code)
  const commands = steps.map(({ command }) => {
    let real = command
    for (const [shown, address] of addresses) real = real.replaceAll(shown, address)
    return `${real}; echo; echo @@`
  })
  const answers = execFileSync('bash', ['-c', commands.join('\n')], { timeout: 60_000 })
    .toString()
    .split('@@')
  return steps.flatMap(({ command, shown }, index) => {
    const difference = sayDifference(shown, answers[index] ?? '')
    return difference === undefined ? [] : [`$ ${command}: ${difference}`]
  })
}

async function startOne(root: string, t: Teardown): Promise<Addresses> {
  return new Map([['http://localhost:1337', await startServer(root, t, { STORE_URL: 'memory:' })]])
}

/** With the administrator whom the document makes before. */
async function startAccounts(root: string, t: Teardown): Promise<Addresses> {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const STORE_URL = `level:${join(folder, 'data')}`
  const admin = [
    '--import',
    typescript,
    join(root, 'example/accounts/cli/main.ts'),
    'admin',
    '--username',
    'root',
  ]
  const { PATH = '', HOME = '' } = process.env
  execFileSync(process.execPath, admin, {
    cwd: folder,
    env: { PATH, HOME, STORE_URL },
    input: 'ten-owls-in-a-library\n',
  })
  const url = await startServer(root, t, { STORE_URL }, 'accounts')
  return new Map([['http://localhost:8000', url]])
}

async function startTwo(root: string, t: Teardown): Promise<Addresses> {
  const redis = await startRedis(t)
  const shared = { STORE_URL: redis.url, JWT_SECRET: randomBytes(32).toString('base64url') }
  return new Map([
    ['http://localhost:1337', await startServer(root, t, shared)],
    ['http://localhost:1338', await startServer(root, t, shared)],
  ])
}

async function startServer(
  root: string,
  t: Teardown,
  environment: Record<string, string>,
  server: 'sessions' | 'accounts' = 'sessions',
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const program = join(root, `example/${server}/server.ts`)
  const child = spawn(process.execPath, ['--import', typescript, program], {
    cwd: tmpdir(), // not where the reader keeps a .env
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill())
  for await (const chunk of child.stdout) {
    const url = /Ready at (http[^\s,]+)/.exec(String(chunk))?.[1]
    if (url !== undefined) return url
  }
  throw new Error('Cannot check the terminal sessions: the server did not start')
}
