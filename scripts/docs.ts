import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRedis } from '../test/support/redis.ts'
import type { Teardown } from '../test/support/redis-server.ts'

// Checks what the documents claim: links lead somewhere, code that names a file equals that file,
// commands exist, and the terminal sessions shown are what a running server answers today.

const root = fileURLToPath(new URL('..', import.meta.url))
const documents = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
})
  .toString()
  .trim()
  .split('\n')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const problems: string[] = []

for (const document of documents) {
  const text = read(document)
  checkLinks(document, text)
  checkCommands(document, text)
  checkQuotedFiles(document, text)
}
await checkTerminalSessions()

for (const problem of problems) console.error(problem)
console.log(`${documents.length} documents checked, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Every relative link leads to a file, and to a heading where it names one. */
function checkLinks(document: string, text: string): void {
  for (const [, target = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? document : normalize(join(dirname(document), path))
    if (!existsSync(join(root, file)))
      problems.push(`${document}: the link ${target} leads nowhere`)
    else if (anchor !== undefined && !anchors(read(file)).includes(anchor))
      problems.push(`${document}: ${file} has no heading #${anchor}`)
  }
}

/** Every `npm run …` and every path of ours in code type exists. */
function checkCommands(document: string, text: string): void {
  for (const [, name = ''] of text.matchAll(/npm run ([a-z:-]+)/g))
    if (!Object.hasOwn(scripts, name)) problems.push(`${document}: there is no npm run ${name}`)
  for (const [, path = ''] of text.matchAll(/`((?:example|test|bench|scripts)\/[\w./-]+)`/g))
    if (!existsSync(join(root, path))) problems.push(`${document}: there is no ${path}`)
}

/** A fence such as ```ts file=example/token/verify.ts shows lines that stand in that file. */
function checkQuotedFiles(document: string, text: string): void {
  for (const [, path = '', code = ''] of text.matchAll(/^```\w+ file=(\S+)\n(.*?)^```/gms))
    if (!read(path).includes(code.trim())) problems.push(`${document}: ${path} reads differently`)
}

/**
 * A ```console fence is typed into a shell beside a running server, a ```console redis fence beside two
 * servers on one Redis; `…` stands for what varies.
 */
async function checkTerminalSessions(): Promise<void> {
  const fences = documents.flatMap((document) =>
    [...read(document).matchAll(/^```console( redis)?\n(.*?)^```/gms)].map(([, redis, text]) => ({
      document,
      text: text ?? '',
      onRedis: redis !== undefined,
    })),
  )
  const teardowns: Array<() => unknown> = []
  try {
    const servers = await startServers({ teardown: (end) => void teardowns.push(end) })
    for (const { document, text, onRedis } of fences)
      checkTerminalSession(document, text, onRedis ? servers.onRedis : servers.alone)
  } finally {
    for (const end of teardowns.reverse()) await end()
  }
}

/** `addresses`: the shown ones, and where the servers really are. */
function checkTerminalSession(
  document: string,
  text: string,
  addresses: ReadonlyMap<string, string>,
): void {
  const steps = text.split(/^\$ /m).slice(1)
  const commands = steps.map((step) => {
    let command = step.split('\n', 1)[0] ?? ''
    for (const [shown, real] of addresses) command = command.replaceAll(shown, real)
    return `${command}; echo; echo @@`
  })
  const answers = execFileSync('bash', ['-c', commands.join('\n')])
    .toString()
    .split('@@')
  steps.forEach((step, index) => {
    const shown = step.split('\n').slice(1).join('\n').trim()
    const real = (answers[index] ?? '').replaceAll('\r', '').trim()
    if (!pattern(shown).test(real))
      problems.push(`${document}: shows\n${shown}\nbut the server answers\n${real}`)
  })
}

function pattern(shown: string): RegExp {
  const literal = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('[^\\n]*')}$`)
}

async function startServers(t: Teardown) {
  const redis = await startRedis(t)
  const shared = { STORE_URL: redis.url, JWT_SECRET: randomBytes(32).toString('base64url') }
  return {
    alone: new Map([['http://localhost:1337', await startServer(t, { STORE_URL: 'memory:' })]]),
    onRedis: new Map([
      ['http://localhost:1337', await startServer(t, shared)],
      ['http://localhost:1338', await startServer(t, shared)],
    ]),
  }
}

async function startServer(t: Teardown, environment: Record<string, string>): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const tsx = `--import=${import.meta.resolve('tsx')}`
  const child = spawn(process.execPath, [tsx, join(root, 'example/sessions/server.ts')], {
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

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '')
}

/** The anchors that headings get: lower case, punctuation dropped, spaces to hyphens. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
