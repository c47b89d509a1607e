import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ConfigError } from '../../../example/server/read-settings.ts'
import { readConfig } from '../../../example/sessions/config.ts'
import { SECRET } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'

function refusal(environment: Record<string, string>): ConfigError {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('The settings were accepted')
}

const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests, and for nothing else' }
const all = { JWT_SECRET: SECRET, STORE_URL: 'memory:', ...account }
const modes = [
  { mode: { NODE_ENV: 'production' }, where: 'in production (NODE_ENV)', ways: [] },
  {
    mode: { HOST: 'x86_64-conda-linux-gnu' },
    where: 'where others can reach the server (HOST=x86_64-conda-linux-gnu)',
    ways: ['HOST: set 127.0.0.1 if this server is for you alone'],
  },
  {
    mode: { PUBLIC_ORIGIN: 'https://jwt.example' },
    where: 'where others can reach the server (PUBLIC_ORIGIN)',
    ways: [],
  },
  {
    mode: { NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_ORIGIN: 'https://jwt.example' },
    where:
      'in production (NODE_ENV) and where others can reach the server (HOST=0.0.0.0, PUBLIC_ORIGIN)',
    ways: [],
  },
]

t.test('teaching mode is for loopback addresses outside production', async (t) => {
  const modes: Array<
    [environment: Record<string, string>, production: boolean, teaching: boolean]
  > = [
    [{}, false, true],
    [{ HOST: '::1' }, false, true],
    [{ HOST: '[::1]' }, false, true],
    [{ HOST: 'localhost' }, false, true],
    [{ NODE_ENV: 'test' }, false, true],
    [{ PUBLIC_ORIGIN: 'http://localhost:8080' }, false, true],
    [{ PUBLIC_ORIGIN: 'http://[::1]:8080' }, false, true],
    [{ PUBLIC_ORIGIN: 'https://jwt.example' }, false, false],
    [{ HOST: '0.0.0.0' }, false, false],
    [{ HOST: '::' }, false, false],
    [{ HOST: '192.168.1.7' }, false, false],
    [{ HOST: 'jwt.example' }, false, false],
    [{ NODE_ENV: 'production' }, true, false],
    [{ NODE_ENV: 'production', HOST: '0.0.0.0' }, true, false],
  ]
  for (const [environment, production, teaching] of modes) {
    t.test(JSON.stringify(environment), async (t) => {
      t.hasStrict(readConfig({ ...all, ...environment }), { production, teaching })
    })
  }
})

t.test('production, and every address but loopback', async (t) => {
  for (const { mode, where, ways } of modes) {
    for (const name of ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD']) {
      t.test(
        `${JSON.stringify(mode)} needs ${name}, and says which setting asks for it`,
        async (t) => {
          const problems = [`${name}: must be given ${where}`, ...ways]
          t.same(refusal({ ...all, ...mode, [name]: '' }).problems, problems)
        },
      )
    }
  }

  t.test('makes no secret of its own', async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    refusal({ ...all, JWT_SECRET: '', STORE_URL: `level:${folder}`, NODE_ENV: 'production' })
    t.equal(existsSync(folder), false)
  })
})

t.test('where others can reach it, no server takes the well-known account', async (t) => {
  const known = { DEMO_USER: 'masterbuilder', DEMO_PASSWORD: 'itsnosecret' }
  for (const { mode, where, ways } of modes) {
    const open = { ...all, ...mode }
    for (const [name, value] of Object.entries(known)) {
      const problems = [`${name}: refused ${where}: it is the well-known one`, ...ways]
      t.same(refusal({ ...open, [name]: value }).problems, problems)
    }
    t.equal(refusal({ ...open, ...known }).problems.length, 2 + ways.length)
  }
})

t.test('nor a password that is guessed in a minute', async (t) => {
  const production = { ...all, NODE_ENV: 'production' }
  const tooShort = [
    'DEMO_PASSWORD: refused in production (NODE_ENV): it must have 8 characters or more',
  ]
  t.same(refusal({ ...production, DEMO_PASSWORD: '1234567' }).problems, tooShort)
  t.equal(readConfig({ ...production, DEMO_PASSWORD: '8 letter' }).account.password, '8 letter')
})

t.test('a weak secret is refused everywhere, and never shown', async (t) => {
  const weak = [
    'short-cA7dE9f',
    'CHANGE_THIS_TO_SOMETHING_RANDOM_',
    'ababababababababababababababababab',
  ]
  for (const JWT_SECRET of weak) {
    for (const mode of [{}, { HOST: '0.0.0.0' }, { NODE_ENV: 'production' }]) {
      const { message, problems } = refusal({ ...all, ...mode, JWT_SECRET })
      t.match(problems[0], /^JWT_SECRET: (is \d+ bytes long|contains the well-known|repeats)/)
      t.notOk(message.includes(JWT_SECRET))
    }
  }
})

t.test('everything that is wrong is told at once, by name', async (t) => {
  const error = refusal({
    NODE_ENV: 'production',
    PORT: '99999',
    JWT_SECRET: 'too short',
    SESSION_LIFETIME: 'always',
    DEMO_USER: 'masterbuilder',
    FAILED_SIGN_INS_PER_MINUTE: '0',
  })
  t.equal(error.name, 'ConfigError')
  t.same(error.problems.map((problem) => problem.split(':', 1)[0]).sort(), [
    'DEMO_PASSWORD',
    'DEMO_USER',
    'FAILED_SIGN_INS_PER_MINUTE',
    'JWT_SECRET',
    'PORT',
    'SESSION_LIFETIME',
  ])
  t.match(error.message, /^Cannot start with these settings:\n {2}PORT: must be 65535 or less\n/)
})
