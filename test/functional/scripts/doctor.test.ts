import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  createReadStream,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import t, { type Test } from 'tap'
import { exitCode, type Finding, sayFindings } from '../../../scripts/doctor/finding.ts'
import {
  browserFinding,
  folderFinding,
  lockFinding,
  nodeFinding,
  packagesFinding,
  portFinding,
  pythonFinding,
  recordsFinding,
  redisFinding,
  tapFinding,
  terminalFinding,
  watchFinding,
} from '../../../scripts/doctor/findings.ts'
import {
  askPython,
  askVersion,
  keepsModesIn,
  lockIsRewritten,
  portOf,
  readPackages,
  tapIsBuilt,
  troubleListening,
  troubleWriting,
  writeAndWatch,
} from '../../../scripts/doctor/probes.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { withoutModes } from '../../support/no-modes.ts'

const here: Finding = { what: 'Node', state: 'here', found: '20.20.2' }
const optional: Finding = { what: 'Redis', state: 'optional', found: 'none', mend: 'npm run setup' }
const installs = { state: 'optional', mend: 'npm run setup' } as const
const missing: Finding = { what: 'npm packages', state: 'missing', found: 'none', mend: 'npm ci' }

t.test('the report', async (t) => {
  t.test('has a mark, what was found, and the line that mends what is missing', async (t) => {
    t.equal(
      sayFindings([here, optional, missing]),
      `✓ Node          20.20.2
– Redis         none
                → npm run setup
✗ npm packages  none
                → npm ci

Missing: 1. Mend what is marked ✗, then ask again.`,
    )
  })
  t.test('says that all is well', async (t) => {
    t.match(sayFindings([here]), /\n\nAll that is needed is here: npm run learn\.$/)
    t.match(sayFindings([here, optional]), /What is marked – may stay as it is\.$/)
  })
  t.test('fails only when something is missing that nothing works without', async (t) => {
    t.equal(exitCode([here, optional]), 0)
    t.equal(exitCode([here, missing]), 1)
  })
})

t.test('Node', async (t) => {
  for (const version of ['20.20.2', '20.21.0', '22.0.0', '100.1.1'])
    t.equal(nodeFinding(version, '20.20.2').state, 'here', version)
  for (const version of ['20.20.1', '20.9.9', '18.99.99', '9.0.0'])
    t.hasStrict(nodeFinding(version, '20.20.2'), {
      state: 'missing',
      found: `${version} is too old: 20.20.2 or later`,
      mend: 'nvm install 24, or https://nodejs.org',
    })
})

t.test('npm packages', async (t) => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/level': { version: '10.0.0' },
    'node_modules/tap': { version: '21.0.0', dev: true },
    'node_modules/only-on-a-mac': { version: '1.0.0', optional: true },
  }
  const installed = {
    'node_modules/level': { version: '10.0.0' },
    'node_modules/tap': { version: '21.0.0', dev: true },
  }
  const level = { 'node_modules/level': installed['node_modules/level'] }

  t.hasStrict(packagesFinding(locked, installed, undefined), {
    state: 'here',
    found: '2, as locked',
  })
  t.test('one that is missing, or of another version', async (t) => {
    const other = { ...installed, 'node_modules/level': { version: '9.0.0' } }
    t.hasStrict(packagesFinding(locked, other, undefined), {
      state: 'missing',
      found: '1 of 2 are not as locked, such as level',
      mend: 'npm ci',
    })
    t.hasStrict(packagesFinding(locked, undefined, 'no level'), {
      state: 'missing',
      found: '2 of 2 are not as locked, such as level',
      mend: 'npm ci',
    })
  })
  t.test('only those for development: npm leaves them out in production', async (t) => {
    t.hasStrict(packagesFinding(locked, level, undefined), {
      found: '1 of 2 are not as locked, such as tap',
      mend: 'npm ci --include=dev',
    })
  })
  t.test('no list of what is wanted, or one that cannot be read', async (t) => {
    t.hasStrict(packagesFinding({}, installed, undefined), {
      state: 'missing',
      found: 'package-lock.json is missing or damaged',
      mend: 'git checkout HEAD -- package-lock.json',
    })
    const folder = temporaryFolder(t, { conflict: '<<<<<<< HEAD\n{}', good: '{"packages":{}}' })
    t.equal(readPackages(`${folder}/conflict`), undefined)
    t.equal(readPackages(`${folder}/none`), undefined)
    t.strictSame(readPackages(`${folder}/good`), {})
  })
  t.test('one that was compiled for another machine', async (t) => {
    t.hasStrict(packagesFinding(locked, installed, 'No native build was found'), {
      state: 'missing',
      found: 'level cannot be loaded: No native build was found',
      mend: 'npm ci',
    })
  })
})

t.test('a file in the place of a folder', async (t) => {
  const finding = {
    state: 'missing',
    found: 'a file stands where a folder should be',
    mend: 'move it away: mv my my.old',
  }
  const folder = temporaryFolder(t, {
    file: { my: '' },
    link: { my: t.fixture('symlink', 'nowhere') },
  })
  for (const kind of ['file', 'link']) {
    const { trouble } = await writeAndWatch(`${folder}/${kind}`, 'my')
    t.hasStrict(folderFinding('my', trouble), finding, kind)
  }
  t.hasStrict(folderFinding('my', troubleWriting(`${folder}/file`, 'my')), finding)
  t.equal(troubleWriting(folder, 'file'), undefined)
})

t.test('a disk that keeps no modes', async (t) => {
  t.same(recordsFinding(undefined, true), folderFinding('data', undefined))
  t.same(recordsFinding('EROFS: no', false), folderFinding('data', 'EROFS: no'))
  t.hasStrict(recordsFinding(undefined, false), {
    what: 'data/',
    state: 'optional',
    mend: 'STORE_URL=level:$HOME/jwt-data npm start',
  })
  const root = temporaryFolder(t, { data: {} })
  t.equal(keepsModesIn(root, 'data'), true)
  t.equal(keepsModesIn(root, 'not-there'), true)
  withoutModes(t)
  t.equal(keepsModesIn(root, 'data'), false)
  t.same([readdirSync(root), readdirSync(`${root}/data`)], [['data'], []], 'nothing is left behind')
})

t.test('package-lock.json', async (t) => {
  const root = temporaryFolder(t, { 'package-lock.json': '{}', 'package.json': '{}' })
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' })
  const me = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org']
  git('init')
  git('add', '.')
  git(...me, 'commit', '-m', 'first')

  t.test('as git has it: nothing is said', async (t) => {
    t.equal(lockIsRewritten(root), false)
    t.same(lockFinding(false), [])
  })
  t.test('rewritten by an older npm: how to put it back', async (t) => {
    writeFileSync(`${root}/package-lock.json`, '{ "lockfileVersion": 2 }')
    t.equal(lockIsRewritten(root), true)
    const [finding] = lockFinding(true)
    t.match(finding, { state: 'optional', mend: /^git checkout package-lock\.json\nnpm ci$/ })
    t.match(sayFindings(lockFinding(true)), / → git checkout package-lock\.json\n +→ npm ci\n/)
  })
  t.test('changed with package.json: somebody meant that', async (t) => {
    writeFileSync(`${root}/package.json`, '{ "private": true }')
    t.equal(lockIsRewritten(root), false)
  })
  t.test('without git, nothing is said', async (t) => {
    t.equal(lockIsRewritten('/'), false)
  })
})

t.test('tap', async (t) => {
  const core = () => ({ '@tapjs': { core: {} } })
  const root = temporaryFolder(t, {
    first: {
      node_modules: core(),
      '.tap': { plugins: { node_modules: { '@tapjs': {} } } },
    },
    fresh: { node_modules: core() },
  })
  symlinkSync(
    `${root}/first/node_modules/@tapjs/core`,
    `${root}/first/.tap/plugins/node_modules/@tapjs/core`,
  )
  cpSync(`${root}/first`, `${root}/copy`, { recursive: true })
  t.equal(tapIsBuilt(`${root}/first`), true)
  t.equal(tapIsBuilt(`${root}/copy`), false)
  t.equal(tapIsBuilt(`${root}/fresh`), false)
  t.hasStrict(tapFinding(true), { state: 'here' })
  t.hasStrict(tapFinding(false), { state: 'optional', mend: 'npx tap build' })
})

t.test('the port of .env, unless the environment names one', async (t) => {
  const root = temporaryFolder(t, { '.env': 'PORT=8080\r\n', bare: {}, odd: { '.env': {} } })
  const port = (folder: string, environment = {}) => portOf(`${folder}/.env`, environment, 1337)
  t.equal(port(root), 8080)
  t.equal(port(root, { PORT: '' }), 8080)
  t.equal(port(root, { PORT: '9090' }), 9090)
  t.equal(port(`${root}/bare`), 1337)
  t.equal(port(`${root}/odd`), 1337)
  execFileSync('mkfifo', [`${root}/bare/.env`])
  t.equal(port(`${root}/bare`), 1337, 'and waits for no pipe')
})

t.test('a PORT that is none', async (t) => {
  for (const text of ['abc', '70000', '-1', '1.5']) {
    const port = Number(text)
    t.hasStrict(portFinding(port, await troubleListening(port)), {
      what: 'PORT',
      state: 'optional',
      found: 'is not a whole number from 0 to 65535',
      mend: 'PORT=1337 npm start',
    })
  }
})

t.test('a program is asked for its version', async (t) => {
  const program = (t: Test, lines: string) => {
    const path = `${temporaryFolder(t, { program: `#!/bin/sh\n${lines}\n` })}/program`
    chmodSync(path, 0o755)
    return path
  }

  t.test('and its answer counts when it ends well', async (t) => {
    const good = program(t, 'echo v=$1')
    t.strictSame(await askVersion(good), { path: good, said: 'v=--version\n' })
    const bad = program(t, 'echo v=1; exit 1')
    t.strictSame(await askVersion(bad), { path: bad })
    t.strictSame(await askVersion('/nowhere'), { path: '/nowhere' })
    t.strictSame(await askPython('/nowhere'), { path: '/nowhere' })
    t.equal(await askVersion(undefined), undefined)
  })

  t.test('and ends with all that it started when it hangs', async (t) => {
    const path = program(t, 'exec 9>"$0.life"\necho begun >&9\nsleep 600 &\nwait')
    execFileSync('mkfifo', [`${path}.life`])
    const patience = new AbortController()
    // Read to its end only when all of them are gone.
    const life = createReadStream(`${path}.life`).once('data', () => patience.abort())
    const [asked] = await Promise.all([askVersion(path, patience.signal), once(life, 'end')])
    t.strictSame(asked, { path })
  })
})

const redis = '/usr/bin/redis-server'
const ofRedis = (version: string) =>
  redisFinding({ path: redis, said: `Redis server v=${version} sha=0:0 bits=64\n` })
const lesson10 = 'lesson 10 needs it, and its tests are skipped'
const chromium = '/usr/bin/chromium'
const ofChromium = (said?: string) =>
  browserFinding('Chromium', { path: chromium, ...(said && { said }) })
const silent = `${chromium} does not run; without it its tests are skipped`
const python = '/usr/bin/python3'
const onAnotherPort = 'PORT=1338 STORE_URL=memory: npm start'
const manual = 'npm run learn -- --manual'
const inTerminal = (columns: number | undefined, colors: boolean, noColor = false) =>
  terminalFinding({ columns, colors, noColor })

const found: Record<string, readonly [finding: Finding, is: Partial<Finding>]> = {
  'a folder': [folderFinding('my', undefined), { what: 'my/', state: 'here' }],
  'one that cannot be written': [
    folderFinding('my', 'EROFS: read-only file system'),
    {
      state: 'missing',
      found: 'cannot be written: EROFS: read-only file system',
      mend: 'put a clone of the repository where you may write',
    },
  ],
  'file events': [watchFinding(0.0034), { state: 'here', found: 'arrive after 3 ms' }],
  'no file events': [watchFinding(undefined), { state: 'optional', mend: manual }],
  'too many watched files': [
    watchFinding(undefined, 'ENOSPC: too many'),
    { found: 'ENOSPC: too many', mend: manual },
  ],
  'a port': [portFinding(1337, undefined), { what: 'port 1337', state: 'here', found: 'free' }],
  'a port that is taken': [
    portFinding(1337, 'EADDRINUSE'),
    { state: 'optional', found: 'taken, perhaps by a server of yours', mend: onAnotherPort },
  ],
  'the last port': [portFinding(65_535, 'EADDRINUSE'), { mend: onAnotherPort }],
  'a port that is forbidden': [
    portFinding(80, 'EACCES'),
    { found: 'cannot be used: EACCES', mend: onAnotherPort },
  ],
  'the port of the accounts': [
    portFinding(8000, 'EADDRINUSE', 'npm run start:accounts'),
    { mend: 'PORT=8001 STORE_URL=memory: npm run start:accounts' },
  ],
  'the port of the API': [
    portFinding(8083, 'EADDRINUSE', 'npm run start:api'),
    { mend: 'PORT=8084 npm run start:api' },
  ],
  Redis: [ofRedis('7.0.15'), { state: 'here', found: `7.0.15, ${redis}` }],
  'the oldest Redis that will do': [ofRedis('6.0.0'), { state: 'here' }],
  'an older Redis': [
    ofRedis('5.9.9'),
    { ...installs, found: `5.9.9, ${redis}, is too old: 6.0 or later; ${lesson10}` },
  ],
  'a Redis that does not run': [
    redisFinding({ path: redis }),
    { ...installs, found: `${redis} does not run; ${lesson10}` },
  ],
  'no Redis': [redisFinding(undefined), { ...installs, found: `not found: ${lesson10}` }],
  'a browser': [
    ofChromium('Chromium 156.0.8078.79 built on Debian\n'),
    { state: 'here', found: `156.0.8078.79, ${chromium}` },
  ],
  'a browser that does not run': [ofChromium(), { ...installs, found: silent }],
  'a browser that says something else': [
    ofChromium('Install the snap\n'),
    { ...installs, found: silent },
  ],
  'no browser': [
    browserFinding('Chromium', undefined),
    { ...installs, found: 'not found: without it its tests are skipped' },
  ],
  'the libraries of Python': [
    pythonFinding({ path: python, said: '2.6.0\n' }),
    { state: 'here', found: `PyJWT 2.6.0 and jwcrypto, ${python}` },
  ],
  'no libraries of Python': [
    pythonFinding({ path: python }),
    { ...installs, found: `${python} does not have PyJWT and jwcrypto: a test needs them` },
  ],
  'a terminal': [inTerminal(80, true), { state: 'here', found: '80 columns, colors' }],
  'one without colors': [
    inTerminal(120, false),
    { state: 'here', found: '120 columns, no colors' },
  ],
  'one that shall have none': [
    inTerminal(120, false, true),
    { found: '120 columns, no colors, since NO_COLOR is set' },
  ],
  'a narrow one': [
    inTerminal(79, true),
    { state: 'optional', mend: 'make the window 80 columns wide' },
  ],
  'no terminal': [
    inTerminal(undefined, false),
    {
      state: 'optional',
      found: 'none, but a pipe or a file: the guide prints line after line',
    },
  ],
}
for (const [what, [finding, is]] of Object.entries(found))
  t.test(`${what}: what was found, and what mends it`, async (t) => t.hasStrict(finding, is))
