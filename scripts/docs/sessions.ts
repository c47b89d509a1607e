import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '../../test/support/redis.ts'
import type { Teardown } from '../../test/support/redis-server.ts'
import { fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { sayDifference, stepsOf } from '../shown.ts'

/** The shown addresses, and where the servers really are. */
type Addresses = ReadonlyMap<string, string>

/**
 * A ```console fence is typed into a shell beside a running server, a ```console redis fence beside two
 * servers on one Redis. What shall run without any is not for us: see scripts/lessons/ for ```console demo.
 */
export async function sessionProblems(
  root: string,
  documents: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const fences = [...documents].flatMap(([file, text]) =>
    fencesOf(text).map((fence) => ({ file, ...fence })),
  )
  const [alone, onRedis] = ['console', 'console redis'].map((kind) =>
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
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const typescript = `--import=${import.meta.resolve('../../example/typescript.mjs')}`
  const child = spawn(process.execPath, [typescript, join(root, 'example/sessions/server.ts')], {
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
