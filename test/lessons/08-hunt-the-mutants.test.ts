import assert from 'node:assert/strict'
import t from 'tap'
import checks from '../../lessons/08-hunt-the-mutants/check.ts'
import * as exercise from '../../lessons/08-hunt-the-mutants/exercise.ts'
import * as solution from '../../lessons/08-hunt-the-mutants/solution.ts'
import { runChecks } from '../../lessons/checks.ts'
import { bearer, forge } from '../../lessons/mutants/forge.ts'
import { suspects } from '../../lessons/mutants/hunt.ts'
import type { Test, Tests } from '../../lessons/mutants/types.ts'
import { rehearse } from '../../scripts/lessons/rehearse.ts'
import { prove } from './prove.ts'
import { failureOf } from './what-learners-read.ts'

const goodCase: Test = async (server) => {
  const { token } = await server.signIn()
  assert.equal((await server.get('/private', bearer(token))).status, 200)
}

const { firstStep } = solution

const lie = 'after sign-out, with the old token: 401'
const { [lie]: lying = goodCase } = exercise.tests
const { [lie]: mended = goodCase } = solution.tests

/** One line for each way in that must stay shut. */
const byTable: Tests = Object.fromEntries(
  Object.entries({
    'a token of Mallory': (token: string) => forge(token, { secret: 'Mallory' }),
    'no algorithm': (token: string) => forge(token, { header: { alg: 'none' } }),
    'another audience': (token: string) => forge(token, { claims: { aud: ['photos'] } }),
  })
    .map(([what, change]): [string, Test] => [
      `with ${what}: 401`,
      async (server) => {
        const { token } = await server.signIn()
        assert.equal((await server.get('/private', bearer(change(token)))).status, 401)
      },
    ])
    .concat(Object.entries(solution.tests).filter(([name]) => !/secret|none|audience/.test(name))),
)

/** No assertion library: whoever throws is red. Whole stories, with other routes and other words. */
const byHand: Tests = {
  'signing out, again and again': async ({ signIn, get, post }) => {
    const { cookie } = await signIn()
    const statuses = []
    for (const _ of [1, 2]) statuses.push((await post('/logout', { cookie })).status)
    statuses.push((await get('/private', { cookie })).status)
    expect(statuses, [200, 401, 401])
  },
  'a year later': async ({ signIn, get, wait }) => {
    const { token } = await signIn()
    wait(31_536_000)
    expect([(await get('/private', bearer(token))).status], [401])
  },
  'two tokens are two': async ({ signIn }) => {
    const tokens = new Set([(await signIn()).token, (await signIn()).token])
    expect([tokens.size], [2])
  },
  'a log-out link': async ({ signIn, get }) => {
    const { cookie } = await signIn()
    expect([(await get('/logout', { cookie })).status], [405])
  },
  'forgeries open no door, and close none': async ({ signIn, get, post }) => {
    const { token } = await signIn()
    for (const words of [{ secret: 'x' }, { header: { alg: 'none' } }, { claims: { aud: 'b' } }]) {
      const headers = bearer(forge(token, words))
      expect([(await get('/private', headers)).status], [401])
      expect([(await post('/logout', headers)).status], [401])
    }
    expect([(await get('/private', bearer(token))).status], [200])
  },
  'out of reach': async ({ signIn, get, breakStore }) => {
    const { cookie } = await signIn()
    breakStore()
    const answer = await get('/private', { cookie })
    expect([answer.status, answer.headers['retry-after']], [503, '1'])
  },
  'nobody can stop it': async ({ get }) => {
    for (const path of ['/exit', '/stop', '/quit']) await get(path)
    expect([(await get('/health')).status], [200])
  },
}

/** Nine are enough: what is still free then is told, and not required. */
const nine: Tests = Object.fromEntries(
  Object.entries(solution.tests).filter(
    ([name]) => !/case|again|none|record:|cookie|ends one/.test(name),
  ),
)

function expect(actual: readonly unknown[], wanted: readonly unknown[]): void {
  if (actual.join() !== wanted.join()) throw new Error(`${actual} is not ${wanted}`)
}

const forbidden: Test = async ({ get }) => assert.equal((await get('/private')).status, 403)

prove(t, {
  checks,
  right: {
    'the solution': solution,
    'a table for what is refused': { firstStep, tests: byTable },
    'stories, without an assertion library': { firstStep, tests: byHand },
    'as few as are enough': { firstStep, tests: nine },
  },
  wrong: {
    'first step: which line sees both servers': { ...solution, firstStep: 'notEqual 200' },
    'no false alarm: every test is green on the right server': {
      firstStep,
      tests: { ...solution.tests, 'without a token: 403': forbidden },
    },
    'no lie: every test has been red on a wrong server': {
      firstStep,
      tests: { ...solution.tests, 'after sign-out: 401': lying },
    },
    'nine wrong servers or more are found': {
      firstStep,
      tests: { 'with a good token: 200': goodCase },
    },
  },
})

t.test('what a learner reads', async (t) => {
  const remarkOf = async (tests: Tests) => {
    for await (const { failure, remark } of runChecks(checks, { firstStep, tests })) {
      if (failure) throw new Error(failure.said)
      if (remark !== undefined) return remark
    }
    throw new Error('there was no remark')
  }
  const failed = (tests: Tests) => failureOf(checks, { firstStep, tests })

  t.test('of the exercise as it is shipped: which test lies', async (t) => {
    const { said, actual } = await failed(exercise.tests)
    t.match(said, /^"after sign-out, with the old token: 401" was green on all 14 wrong servers/)
    t.equal(actual, undefined)
  })

  t.test('of a false alarm: the comparison, the request and where it stands', async (t) => {
    const failure = await failed({ 'without a token: 403': forbidden })
    t.hasStrict(failure, {
      said: '"without a token: 403" is red on the right server: a false alarm',
      actual: '401',
      expected: '403',
    })
    t.equal(failure.exchange?.request.path, '/private')
    t.equal(failure.exchange?.answer?.status, 401)
    t.match(failure.stack, /08-hunt-the-mutants\.test\.ts:\d+.*check\.ts:\d+/s)
  })

  t.test('of a false alarm without a token: that the sign-in may have failed', async (t) => {
    const outage: Test = async (server) => {
      server.breakStore()
      const { token } = await server.signIn()
      assert.equal((await server.get('/private', bearer(token))).status, 503)
    }
    const { said } = await failed({ outage })
    t.match(said, /a false alarm\. The last request carried no token: had the sign-in before it/)
  })

  t.test('of a false alarm without a request: none of another test', async (t) => {
    const tests = { goodCase, wrong: async () => assert.equal(1, 2) }
    t.equal((await failed(tests)).exchange, undefined)
  })

  t.test('of a test that looks for what no mutant does: no lie', async (t) => {
    const check = checks['no lie: every test has been red on a wrong server']
    for (const status of [404, 405, 413, 503]) {
      const other: Test = async ({ get }) => assert.notEqual((await get('/')).status, status)
      await t.resolves(check({ firstStep, tests: { other } }), `never ${status}`)
    }
  })

  t.test('of a test that counts its servers: that it keeps something', async (t) => {
    let servers = 0
    const counting: Test = async () => {
      servers += 1
      if (servers > 2) throw new Error('red on all but the first two')
    }
    t.match((await failed({ counting })).said, /^"counting" was green on one right server and red/)
  })

  const others: Array<[what: string, test: Test, said: RegExp]> = [
    ['a mistake in it', async () => void JSON.parse('{'), /right server: .*JSON/],
    ['no await', async ({ get }) => void get('/'), /right server: .*Is an await missing\?$/],
    ['no end', () => new Promise(() => {}), /right server: it did not end within half a second/],
    ['a match', async ({ get }) => assert.match((await get('/')).body, /Eve/), /Eve/],
    [
      'a message',
      async () => assert.equal(1, 2, 'one is not two'),
      /right server: one is not two$/,
    ],
  ]
  for (const [what, test, said] of others)
    t.test(`of a test with ${what}: what is wrong with it`, async (t) => {
      t.match((await failed({ test })).said, said)
    })

  t.test('of too few: the score, three symptoms, and how to ask for more', async (t) => {
    const { said } = await failed({ goodCase, mended })
    t.match(
      said,
      /^1 of 14 wrong servers found \(1\); 9 are enough\. Still at large:\n 2\. Somebody typed/,
    )
    t.match(said, /\nand 10 more: npm run learn demo 8\n/)
    t.match(said, /\nHow no\. 2 can be seen: npm run learn demo 8 2$/)
    t.equal(said.split('\n').length, 6)
    t.notOk(
      suspects.some(({ hint }) => said.includes(hint)),
      'and no recipe that nobody asked for',
    )
  })

  t.test('of enough, but not all: a bonus', async (t) => {
    const told = await remarkOf(nine)
    t.match(told, /^9 of 14 wrong servers found \([\d, ]+\)\. For a bonus:\n/)
    t.match(
      told,
      /\n \d\. .*\n1\d\. .*\n1\d\. .*\nand 2 more: npm run learn demo 8\n/,
      'the numbers end alike',
    )
  })

  t.test('of all but one: nothing about more of them', async (t) => {
    const { 'a page that is not there: 404': _, ...others } = solution.tests
    t.notMatch(await remarkOf(others), / more: /)
  })

  t.test('of all: that these are all', async (t) => {
    t.equal(await remarkOf(solution.tests), 'All 14 wrong servers are found.')
  })
})

t.test('how to see a wrong server is told to whoever asks for its number', async (t) => {
  const demo = import.meta.resolve('../../lessons/08-hunt-the-mutants/demo.ts')
  const told = async (number: string) => (await rehearse(demo, [number])).out
  const [, , , fourth] = suspects
  t.equal(await told('4'), `${fourth?.symptom}\nHow to see it: ${fourth?.hint}\n`)
  t.equal(await told('15'), 'Their numbers go from 1 to 14.\n')
})
