import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accountsServer,
  issuerServer,
  sessionServer,
  startServer,
} from '../../test/support/process.ts'
import { startRedis } from '../../test/support/redis.ts'
import { freePort } from '../../test/support/redis-process.ts'
import type { Teardown } from '../../test/support/redis-server.ts'
import { type Fence, fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { sayDifference, stepsOf } from '../shown.ts'

const typescript = import.meta.resolve('../../example/typescript.mjs')

/** The shown addresses, and where the servers really are. */
type Addresses = ReadonlyMap<string, string>

/**
 * A ```console fence is typed into a shell beside a running server, a ```console redis fence beside two servers on one
 * Redis, a ```console accounts fence beside an accounts server, a ```console issuer fence beside an issuer. Fences of one
 * kind in one document share their shell, as the terminal of whoever reads on. What shall run without any is not for us:
 * see scripts/lessons/ for ```console demo.
 */
export async function sessionProblems(
  root: string,
  documents: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const fences = [...documents].flatMap(([file, text]) =>
    fencesOf(text).map((fence) => ({ file, ...fence })),
  )
  const [alone, onRedis, accounts, issuer] = [
    'console',
    'console redis',
    'console accounts',
    'console issuer',
  ].map((kind) => fences.filter(({ info }) => info === kind))
  const problems: Problem[] = []
  const type = (typed: typeof fences, addresses: Addresses) => {
    for (const file of new Set(typed.map((fence) => fence.file))) {
      const ofFile = typed.filter((fence) => fence.file === file)
      problems.push(...differences(ofFile, addresses))
    }
  }
  const teardowns: Array<() => unknown> = []
  try {
    const t: Teardown = { teardown: (end) => void teardowns.push(end) }
    if (alone?.length) type(alone, await startOne(t))
    if (onRedis?.length) type(onRedis, await startTwo(t))
    if (accounts?.length) type(accounts, await startAccounts(root, t))
    if (issuer?.length) type(issuer, await startIssuer(root, t))
  } finally {
    for (const end of teardowns.reverse()) await end()
  }
  return problems
}

function differences(
  fences: ReadonlyArray<Fence & { file: string }>,
  addresses: Addresses,
): Problem[] {
  const steps = fences.flatMap(({ file, line, code }) =>
    stepsOf(code).map((step) => ({ file, line, ...step })),
  )
  const commands = steps.map(({ command }) => {
    let real = command
    for (const [shown, address] of addresses) real = real.replaceAll(shown, address)
    return `${real}; echo; echo @@`
  })
  const answers = execFileSync('bash', ['-c', commands.join('\n')], { timeout: 60_000 })
    .toString()
    .split('@@')
  return steps.flatMap(({ file, line, command, shown }, index) => {
    const difference = sayDifference(shown, answers[index] ?? '')
    return difference === undefined ? [] : [{ file, line, what: `$ ${command}: ${difference}` }]
  })
}

async function startOne(t: Teardown): Promise<Addresses> {
  return new Map([['http://localhost:1337', await start(t, { STORE_URL: 'memory:' })]])
}

const administratorsPassword = 'ten-owls-in-a-library\n'

/** With the administrator whom the document makes before. */
async function startAccounts(root: string, t: Teardown): Promise<Addresses> {
  const STORE_URL = `level:${join(folder(t), 'data')}`
  const admin = ['example/accounts/cli/main.ts', 'admin', '--username', 'root']
  runOnce(root, admin, { STORE_URL }, administratorsPassword)
  const url = await start(t, { STORE_URL }, accountsServer)
  return new Map([['http://localhost:8000', url]])
}

/** The same for the issuer, on a port that is known before: its tokens name its address. */
async function startIssuer(root: string, t: Teardown): Promise<Addresses> {
  const environment = {
    STORE_URL: `level:${join(folder(t), 'data')}`,
    ISSUER_PASSWORD: randomBytes(16).toString('base64url'),
    PORT: String(await freePort()),
  }
  const init = ['example/issuer/server.ts', '--init', '--admin', 'root']
  runOnce(root, init, environment, administratorsPassword)
  const url = await start(t, environment, issuerServer)
  return new Map([['http://localhost:8082', url]])
}

function folder(t: Teardown): string {
  const path = mkdtempSync(join(tmpdir(), 'docs-'))
  t.teardown(() => rmSync(path, { recursive: true }))
  return path
}

function runOnce(
  root: string,
  [program = '', ...args]: readonly string[],
  environment: Record<string, string>,
  input: string,
): void {
  const { PATH = '', HOME = '' } = process.env
  execFileSync(process.execPath, ['--import', typescript, join(root, program), ...args], {
    cwd: tmpdir(), // not where the reader keeps a .env
    env: { PATH, HOME, ...environment },
    input,
  })
}

async function startTwo(t: Teardown): Promise<Addresses> {
  const redis = await startRedis(t)
  const shared = { STORE_URL: redis.url, JWT_SECRET: randomBytes(32).toString('base64url') }
  return new Map([
    ['http://localhost:1337', await start(t, shared)],
    ['http://localhost:1338', await start(t, shared)],
  ])
}

async function start(
  t: Teardown,
  environment: Record<string, string>,
  file = sessionServer,
): Promise<string> {
  const { url, end } = await startServer({ LOG_LEVEL: 'silent', ...environment }, { file })
  t.teardown(() => end())
  return url.replace('127.0.0.1', 'localhost')
}
