import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { takenPort } from '../support/listening.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs the real command: here, or in a copy. */
async function doctor(folder: string, environment: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(folder, 'scripts/doctor.cjs')], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exit, said, complaints }
}

const manifests = ['package.json', 'package-lock.json']
const loaders = ['typescript', 'full-typescript', 'compile', 'no-proxy']
const ours = [
  ...loaders.map((name) => `example/${name}.mjs`),
  'example/store/modes.ts',
  'scripts',
  'tutor/judge',
]

/** A copy of what the command needs, out of reach of our packages unless it gets them. */
function copy(t: Test, { packages = true, packageJson = '', name = 'doctor-' } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const name of [...manifests, ...ours])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  if (packages) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  if (packageJson !== '') writeFileSync(join(folder, 'package.json'), packageJson)
  return folder
}

t.test('here, all that is needed is found', async (t) => {
  const { code, said, complaints } = await doctor(root)
  t.match(said, /^✓ Node +\d+\.\d+\.\d+\n✓ npm packages +\d+, as locked\n✓ my\/ /)
  t.match(said, /^[✓–] file events {3}/m)
  const ports = [...said.matchAll(/^[✓–] port (\d+) /gm)].map(([, port]) => port)
  t.same(ports, ['1337', '8000', '8082', '8083'])
  t.match(said, /\nAll that is needed is here: npm run learn\./)
  t.equal(complaints, '')
  t.equal(code, 0)
})

t.test('it leaves nothing behind', async (t) => {
  const folder = copy(t)
  t.equal((await doctor(folder)).code, 0)
  t.notOk(existsSync(join(folder, 'my')))
})

t.test('programs and ports that are not there cost nothing', async (t) => {
  const port = await takenPort(t)
  const empty = temporaryFolder(t)
  const { code, said } = await doctor(root, { PATH: empty, PORT: String(port) })
  t.match(said, /^– Redis {9}not found: .*\n +→ npm run setup$/m)
  t.match(
    said,
    new RegExp(
      `^– port ${port} +taken, .*\\n +→ PORT=${port + 1} STORE_URL=memory: npm start$`,
      'm',
    ),
  )
  t.equal(code, 0)
})

t.test(
  'a file where a folder should be, and a list of packages with the marks of a conflict',
  async (t) => {
    const folder = copy(t)
    writeFileSync(join(folder, 'my'), 'a file where a folder should be')
    writeFileSync(join(folder, 'package-lock.json'), '<<<<<<< HEAD\n{\n')
    const { code, said } = await doctor(folder, { PORT: 'abc' })
    t.match(said, /^✗ my\/ +a file stands where a folder should be\n +→ move it away: mv my/m)
    t.match(said, /^✗ npm packages +package-lock\.json is .*\n +→ git checkout HEAD -- package/m)
    t.match(said, /^– PORT +is not a whole number from 0 to 65535\n +→ PORT=1337 npm start$/m)
    t.match(said, /\nMissing: 2\. /)
    t.equal(code, 1)
  },
)

t.test('without packages, it says so, whether or not TypeScript can run', async (t) => {
  const { code, said, complaints } = await doctor(copy(t, { packages: false }))
  t.match(said, /^✗ npm packages {2}(?:not installed|\d+ of \d+ are not as locked.*)\n +→ npm ci$/m)
  t.equal(complaints, '')
  t.equal(code, 1)
})

t.test('with the packages of another kind of machine, neither', async (t) => {
  const folder = copy(t, { packages: false })
  mkdirSync(join(folder, 'node_modules/esbuild'), { recursive: true })
  const manifest = { name: 'esbuild', exports: './main.mjs' }
  writeFileSync(join(folder, 'node_modules/esbuild/package.json'), JSON.stringify(manifest))
  const words = 'You installed esbuild for another platform\nand more'
  const refuses = `throw new Error(${JSON.stringify(words)})`
  writeFileSync(
    join(folder, 'node_modules/esbuild/main.mjs'),
    `export const transform = () => { ${refuses} }\nexport const transformSync = transform`,
  )
  const { code, said, complaints } = await doctor(folder)
  // A Node that runs TypeScript by itself gets as far as to find more.
  const found =
    'typescript' in process.features && process.features.typescript
      ? '.*'
      : 'cannot be used here: You installed .* platform'
  t.match(said, new RegExp(`^✗ npm packages {2}${found}\\n +→ npm ci$`, 'm'))
  t.equal(complaints, '')
  t.equal(code, 1)
})

t.test('with a path that no loader understands, it does not blame the packages', async (t) => {
  const { code, said, complaints } = await doctor(copy(t, { name: 'what?-' }))
  t.match(said, /^✗ this folder {3}its path has \? or \\ in it/m)
  t.equal(complaints, '')
  t.equal(code, 1)
})

t.test('with a file that is gone, neither', async (t) => {
  const folder = copy(t)
  rmSync(join(folder, 'scripts/doctor/finding.ts'))
  const { code, said } = await doctor(folder)
  t.match(said, /^✗ this folder {3}Cannot find module .*finding\.ts.*\n +→ git restore \.$/m)
  t.equal(code, 1)
})

t.test('with a disk that cannot be used, it says what the system says', async (t) => {
  const folder = copy(t, { packages: false })
  // As a loader fails that keeps files in a temporary folder.
  const reason = "EROFS: read-only file system, mkdir '/tmp/loader'"
  const facts = JSON.stringify({ code: 'EROFS', syscall: 'mkdir', path: '/tmp/loader' })
  for (const throws of [
    'throw error',
    'setTimeout(() => { throw error })\nawait new Promise(() => {})',
  ]) {
    writeFileSync(
      join(folder, 'example/typescript.mjs'),
      `const error = Object.assign(new Error(${JSON.stringify(reason)}), ${facts})\n${throws}\n`,
    )
    const { code, said, complaints } = await doctor(folder)
    t.match(
      said,
      /^✗ this machine {2}EROFS: read-only file system, mkdir '\/tmp\/loader'\n +→ see/m,
    )
    t.equal(complaints, '')
    t.equal(code, 1)
  }
})

t.test('with a Node that is too old, it needs no TypeScript to say so', async (t) => {
  const packageJson = JSON.stringify({ engines: { node: '>=99.1.0' } })
  const { code, said, complaints } = await doctor(copy(t, { packages: false, packageJson }))
  const [version] = said.match(/^✗ Node {10}\d+\.\d+\.\d+ is too old: 99\.1\.0 or later/) ?? []
  t.ok(version, said)
  t.match(said, /→ nvm install 24, or https:\/\/nodejs\.org\n/)
  t.equal(complaints, '')
  t.equal(code, 1)
})
