// npm run inspect, as people run it. What a process adds to it has processes of its own, at the end.

import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { spawn as spawnOnTerminal } from '@lydell/node-pty'
import t from 'tap'
import { inspect as inspectWith } from '../../inspector/run.ts'
import { forge, goodClaims, goodHeader, NOW, SECRET, sessionToken } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { forgeWith } from '../support/forge-with.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const start = ['--import=./example/typescript.mjs', 'inspector/inspect.ts']
const { PATH = '', HOME = '' } = process.env
// tap sets them for its tests: here the terminals of a test say what they can show.
delete process.env.FORCE_COLOR
delete process.env.NO_COLOR

const token = sessionToken()
const at = ['--now', String(NOW)]
const noFullDevice = existsSync('/dev/full') ? false : 'this system has no /dev/full'

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A terminal of this many columns, with or without colors; a pipe where none are named. */
function output({ columns = 0, colors = true } = {}) {
  const depth = { hasColors: () => colors, getColorDepth: () => (colors ? 8 : 1) }
  const stream = new PassThrough({ highWaterMark: 1_000_000 })
  return Object.assign(stream, { columns, isTTY: columns > 0, ...depth })
}

/** Runs the inspector in this process. Without `input` its standard input is empty. */
async function inspect(
  args: readonly string[],
  {
    input = '',
    stdin = Readable.from([input]),
    ...terminal
  }: Parameters<typeof output>[0] & {
    input?: string
    stdin?: AsyncIterable<string> & { isTTY?: boolean }
  } = {},
): Promise<Run> {
  const [stdout, stderr] = [output(terminal), output(terminal)]
  const code = await inspectWith({ args, env: {}, stdin, stdout, stderr })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

/** Runs a command to its end, in a process of its own. */
function execute(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const env = { PATH, HOME, ...environment }
    const child = execFile(command, args, { cwd: root, env }, (_, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    )
    child.stdin?.end()
  })
}

t.test('a token, as argument or from standard input, is taken apart', async (t) => {
  const run = await inspect([token, ...at])
  t.strictSame([run.code, run.err], [0, ''])
  t.match(run.out, /^Header, before the first dot\neyJ/)
  t.match(run.out, /"exp": 2000003600\n +Wed, 18 May 2033 04:33:20 GMT, in 1 hour\n/)
  t.match(run.out, /\nDecoding proves nothing: anybody can write these bytes\.\n/)
  t.strictSame(await inspect(at, { input: `${token}\n` }), run, 'without a word about the line end')
  const wrapped = await inspect(['Bearer', token, ...at])
  t.equal(wrapped.out, `Note: Taken off: what stood around the token.\n\n${run.out}`)
})

t.test('the exit code is the verdict', async (t) => {
  const forged = forge(goodClaims(), goodHeader, 'guessed')
  const runs: Array<[what: string, args: string[], code: number]> = [
    ['a good token with its secret', [token, '--secret', SECRET], 0],
    ['a forged token, decoded only', [forged], 0],
    ['a forged token', [forged, '--secret', SECRET], 1],
    ['another issuer', [token, '--secret', SECRET, '--issuer', 'x'], 1],
    ['help', ['--help'], 0],
    ['no token', ['hello'], 2],
    ['an option that is unknown', [token, '--sekret', SECRET], 2],
    ['a file that is missing', [token, '--key', 'hunter2'], 2],
  ]
  for (const [what, args, code] of runs)
    t.test(`${what}: ${code}`, async (t) => {
      const run = await inspect([...args, ...at])
      t.equal(run.code, code)
      t.equal(run.out === '', code === 2, 'a complaint goes to the other stream')
      t.equal(run.err === '', code !== 2)
      t.notMatch(run.out + run.err, new RegExp(`${SECRET}|guessed|hunter2`), 'and shows no secret')
      t.notMatch(run.err, /eyJ|\n +at |Error/, 'no token, no stack')
    })
})

t.test('a public key as the secret is pointed out, and verifies nothing', async (t) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const confused = forge(goodClaims(), goodHeader, pem)
  const folder = temporaryFolder(t, {
    'key.pem': pem,
    binary: Buffer.from([0x80, 0x81]),
    empty: '\n',
  })
  for (const option of [[`--secret=${pem}`], ['--secret-file', `${folder}/key.pem`]]) {
    const { code, out } = await inspect([confused, ...option, ...at])
    t.equal(code, 1)
    t.match(out, /^Note: Algorithm confusion: you gave the text of a key as the/)
  }
  const binary = await inspect([confused, '--secret-file', `${folder}/binary`, ...at])
  t.match(
    binary.err,
    /^Cannot use --secret-file: it is not text in UTF-8\. Give raw bytes as a JWK/,
  )
  const empty = await inspect([confused, '--secret-file', `${folder}/empty`, ...at])
  t.match(empty.err, /^Cannot use --secret-file: it is empty/)
})

t.test('a secret from a file and a token from standard input are in no argument', async (t) => {
  const file = `${temporaryFolder(t, { secret: `${SECRET}\n` })}/secret`
  const { code, out } = await inspect(['--secret-file', file, ...at], { input: token })
  t.equal(code, 0)
  t.match(out, /\nAccepted: no check failed/)
})

t.test('--json is one object', async (t) => {
  const { out } = await inspect([token, '--secret', SECRET, '--json', ...at])
  t.hasStrict(JSON.parse(out), { verdict: { result: 'accepted' }, proven: true, notes: [] })
})

t.test('a key from a file', async (t) => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const key = `${temporaryFolder(t, { 'key.pem': pem })}/key.pem`
  const signed = forgeWith({ kid: 'any', alg: 'EdDSA', signingKey: privateKey })
  const { code, out, err } = await inspect([signed, '--key', key, ...at])
  t.strictSame([code, err], [0, ''])
  t.match(out, /^Note: You gave a private key: only its public half is used here\./)
  t.match(out, /✓ signature passed\n {4}EdDSA with the key you gave/)
  const [, secretLine = ''] = pem.split('\n')
  t.notMatch(out, secretLine, 'and it is not shown')
})

t.test('a key set from a file: the kid of the token names its key', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' }
  const folder = temporaryFolder(t, { 'keys.json': JSON.stringify({ keys: [jwk] }) })
  const signed = forgeWith({ kid: 'one', alg: 'ES256', signingKey: privateKey })
  for (const option of ['--key', '--jwks']) {
    const { code, out } = await inspect([signed, option, `${folder}/keys.json`, ...at])
    t.equal(code, 0)
    t.match(out, /✓ key passed\n {4}kid "one"/)
    t.match(out, /✓ signature passed\n {4}ES256 with the key one/)
  }
})

t.test('colors', async (t) => {
  const colored = ({ out }: Run) => out.includes('\u001b[')
  t.equal(colored(await inspect([token])), false, 'a pipe gets none')
  process.env.FORCE_COLOR = '1'
  t.equal(colored(await inspect([token])), true)
  delete process.env.FORCE_COLOR
})

t.test('on a terminal', async (t) => {
  t.test('with nothing given it says how to use it, and does not wait', async (t) => {
    const endless = Object.assign(new PassThrough(), { isTTY: true })
    const { code, out, err } = await inspect([], { stdin: endless, columns: 40 })
    t.strictSame([code, out], [2, ''])
    t.match(err, /^Take a token apart, and check it\./)
  })

  t.test('with a token there are three colors, and lines that fit', async (t) => {
    const { out } = await inspect([token, ...at], { columns: 40 })
    const [magenta, brightBlue, cyan] = ['\u001b[35m', '\u001b[94m', '\u001b[36m']
    const [header = '', payload = '', signature = ''] = token.split('.')
    for (const part of [magenta + header, brightBlue + payload, cyan + signature])
      t.ok(out.includes(part))
    const plain = await inspect([token, ...at], { columns: 40, colors: false })
    t.notOk(plain.out.includes('\u001b['))
    const long = plain.out.split('\n').filter((row) => row.length > 40)
    t.strictSame(long, [header, payload, signature], 'but for what is to be copied')
  })

  t.test('of a real one it knows both', async (t) => {
    const out = await new Promise<string>((resolve) => {
      const env = { PATH, HOME, TERM: 'xterm' }
      const size = { cols: 40, rows: 24, cwd: root, env }
      const terminal = spawnOnTerminal(process.execPath, [...start, token, ...at], size)
      let out = ''
      terminal.onData((data) => {
        out += data
      })
      terminal.onExit(() => resolve(out.replaceAll('\r', '')))
    })
    t.equal(out, (await inspect([token, ...at], { columns: 40 })).out)
  })
})

t.test('an input without end is not read to its end', async (t) => {
  let given = 0
  async function* yes() {
    for (;;) yield 'y\n'.repeat(++given && 1000)
  }
  const { code, err } = await inspect([], { stdin: yes() })
  t.equal(code, 2)
  t.match(err, /^Cannot read the token: it is longer than 65536 bytes/)
  t.ok(given < 50)
})

t.test('who reads the first line only gets no complaint, and still the verdict', async (t) => {
  const forged = forge(goodClaims({ pad: 'x'.repeat(40_000) }), goodHeader, 'guessed')
  const command = `"${process.execPath}" ${start.join(' ')} ${forged} --secret ${SECRET}`
  t.strictSame(await execute('sh', ['-c', `{ ${command}; echo $? >&2; } | head -n 1`]), {
    code: 0,
    out: 'Header, before the first dot\n',
    err: '1\n',
  })
})

t.test('a report that cannot be written', { skip: noFullDevice }, async (t) => {
  const shell = (rest: string) =>
    execute('sh', ['-c', `"${process.execPath}" ${start.join(' ')} ${rest}`])
  t.equal((await shell('x 2>/dev/full')).code, 2, 'of a complaint the exit code is left')
  t.equal((await shell(`${token} >/dev/full`)).code, 2)
})

t.test('through npm', async (t) => {
  t.test('it works, and neither token nor secret stays in a file of npm', async (t) => {
    const home = temporaryFolder(t, { secret: `${SECRET}\n` })
    const args = ['run', '--silent', 'inspect', token, '--', '--secret', SECRET, ...at]
    const { code, out } = await execute('npm', args, { HOME: home })
    t.equal(code, 0)
    t.match(out, /\nAccepted: no check failed/)
    const entries = await readdir(home, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))))
    const telling = files.filter((_, place) =>
      [token, SECRET].some((hidden) => texts[place]?.includes(hidden)),
    )
    t.strictSame(
      telling.map(({ name }) => name),
      ['secret'],
    )
  })

  t.test('options that npm takes for its own are missed', async (t) => {
    const args = ['run', '--silent', 'inspect', token, '--secret', 'hunter2']
    const { code, err } = await execute('npm', args)
    t.equal(code, 2)
    t.match(err, /^npm took --secret for an option of its own\. Put two dashes before the options/)
    t.notMatch(err, /hunter2|eyJ/)
  })
})
