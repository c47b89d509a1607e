import t from 'tap'
import { createApp } from '../../example/sessions/app.ts'
import { tests } from '../../lessons/08-hunt-the-mutants/solution.ts'
import { askByDouble } from '../../lessons/mutants/double.ts'
import { bearer, forge } from '../../lessons/mutants/forge.ts'
import { atLarge, hunt, suspects } from '../../lessons/mutants/hunt.ts'
import { redness, undisturbed } from '../../lessons/mutants/run.ts'
import { type Make, start, underTest } from '../../lessons/mutants/start.ts'
import { strangers } from '../../lessons/mutants/strangers.ts'
import type { ServerUnderTest, Test } from '../../lessons/mutants/types.ts'

/** Which tests of the solution find whom. */
const finders: Readonly<Record<string, readonly string[]>> = {
  'sign-out forgets': ['after sign-out, with the old token: 401', 'a second sign-out: 401'],
  'anybody may stop it': ['a page that is not there: 404'],
  'the signature is not verified': ['signed with another secret: 401'],
  'time stands still': ['in the second of its expiry: 401'],
  'no limit': ['more than 16384 bytes: 413'],
  'an outage opens': ['records out of reach: 503, neither yes nor no'],
  'no algorithm needs no signature': ['with alg none: 401'],
  'for anybody': ['for another audience: 401'],
  'a second sign-out breaks it': ['a second sign-out: 401'],
  'an outage signs everybody out': ['records out of reach: 503, neither yes nor no'],
  'a link signs you out': ['GET /logout with a cookie ends nothing'],
  'ids from the clock': ['one sign-out ends one session'],
  'a lost record is not noticed': ['no sign-in without a record: 503'],
  'one spelling of Bearer': ['whatever the case of the scheme: 200'],
}

async function foundBy(tests: Readonly<Record<string, Test>>) {
  const hunted = [...(await hunt(tests))]
  return Object.fromEntries(
    suspects.map(({ name }) => [
      name,
      hunted.filter(([, red]) => red.includes(name)).map(([test]) => test),
    ]),
  )
}

t.test('each mutant is our server with one thing switched', async (t) => {
  t.ok(suspects.length >= 12, `${suspects.length} of them`)
  for (const { name, change } of suspects) t.equal(Object.keys(change).length, 1, name)
})

t.test('the right server keeps every promise of the solution', async (t) => {
  for (const [name, test] of Object.entries(tests)) {
    t.equal(await redness(test, createApp), undefined, `${name}, by doubles`)
    t.equal(await redness(test, createApp, { overHttp: true }), undefined, `${name}, over http`)
  }
})

t.test('each mutant is found by the tests that are about it, and by no other', async (t) => {
  t.strictSame(await foundBy(tests), finders)
  t.same(atLarge(await hunt(tests)), [])
})

t.test('whoever hunts again finds the same', async (t) => {
  t.strictSame(await foundBy({ ...tests }), finders)
})

t.test('doubles and a real socket agree on every mutant', async (t) => {
  for (const [name, test] of Object.entries(tests)) {
    const red = suspects.filter((suspect) => finders[suspect.name]?.includes(name))
    const overHttp = await Promise.all(
      suspects.map(async (s) => (await redness(test, s.make, { overHttp: true })) && s),
    )
    t.strictSame(
      overHttp.flatMap((suspect) => (suspect ? [suspect.name] : [])),
      red.map((suspect) => suspect.name),
      name,
    )
  }
})

t.test('no two of them are wrong in the same way', async (t) => {
  const opensNothing: Test = async (server) => {
    const { token } = await server.signIn()
    server.breakStore()
    if ((await server.get('/private', bearer(token))).status === 200) throw new Error('open')
  }
  const found = await foundBy({ ...tests, 'an outage opens nothing': opensNothing })
  t.equal(new Set(Object.values(found).map(String)).size, suspects.length)
})

t.test('a good visit passes on every mutant: none is caught by luck', async (t) => {
  const good: Test = async (server) => {
    const { token, cookie, status } = await server.signIn()
    const statuses = [
      status,
      (await server.get('/')).status,
      (await server.get('/private', bearer(token))).status,
      (await server.get('/private', { cookie })).status,
      (await server.post('/logout', bearer(token))).status,
    ]
    if (statuses.some((status) => status !== 200)) throw new Error(statuses.join())
  }
  for (const { name, make } of suspects) t.equal(await redness(good, make), undefined, name)
})

t.test('what is wrong is told in a line that fits', async (t) => {
  for (const { symptom, hint } of suspects) {
    t.ok(symptom.length <= 64 && hint.length <= 64, symptom)
    t.match(symptom, /^[A-Z].*\.$/)
  }
})

t.test('whoever is seen only while the store is broken: the hint says to break it', async (t) => {
  const broken = Object.keys(tests).filter((name) => /record/.test(name))
  for (const { name, hint } of suspects) {
    const byThem = finders[name]?.every((finder) => broken.includes(finder))
    t.equal(/break the store/i.test(hint), byThem, hint)
  }
})

t.test('a test that', async (t) => {
  const sleeping = () => new Promise<void>((resolve) => setTimeout(resolve, 5000).unref())
  const why: Array<[what: string, test: Test, message: RegExp]> = [
    ['never ends', () => new Promise(() => {}), /did not end within half a second/],
    ['sleeps', sleeping, /in a loop\? To let time pass, move the clock/],
    ['does not wait for its answer', async (server) => void server.get('/'), /await missing/],
    ['throws at once', () => fail('no'), /^no$/],
    ['throws a text', () => fail('text', (words) => words), /^text$/],
  ]
  for (const [what, test, message] of why) {
    t.test(`${what} is red, by doubles and over http`, async (t) => {
      for (const overHttp of [false, true])
        t.match((await redness(test, createApp, { overHttp }))?.message, message)
    })
  }

  t.test('forgets a promise that fails does no harm', async (t) => {
    const forgetful: Test = async () => void Promise.reject(new Error('nobody waits for this'))
    t.equal(await undisturbed(() => redness(forgetful, createApp)), undefined)
  })
})

t.test('a test that raises a false alarm stays at home: it finds nobody', async (t) => {
  const alwaysRed: Test = () => Promise.reject(new Error('red on every server'))
  const hunted = await hunt({ ...tests, alwaysRed })
  t.notOk(hunted.has('alwaysRed'))
  t.equal(atLarge(await hunt({ alwaysRed })).length, suspects.length)
})

t.test(
  'a server that sends two heads is red: as with a socket, the second one fails',
  async (t) => {
    const twice: Make = () => async (_req, res) => {
      res.writeHead(401)
      res.writeHead(200)
      res.end('welcome')
    }
    const test: Test = async (server) => void (await server.get('/'))
    t.match((await redness(test, twice))?.message, /Cannot write the head: it has been sent/)
  },
)

t.test('what a socket adds to an answer is not shown to a test', async (t) => {
  const added = { date: 'today', connection: 'keep-alive', 'keep-alive': '5', allow: 'GET' }
  const { controls } = await start(createApp)
  const carry = async () => ({ status: 405, headers: added, body: '' })
  const { server } = underTest(carry, controls)
  t.same((await server.get('/')).headers, { allow: 'GET' })

  const seen: string[][] = []
  const test: Test = async ({ get }) => void seen.push(Object.keys((await get('/health')).headers))
  for (const overHttp of [false, true])
    t.equal(await redness(test, createApp, { overHttp }), undefined)
  t.same(seen[1]?.sort(), seen[0]?.sort(), 'with a socket as without')
})

t.test('an answer is JSON unless a test asks for something else, or is a browser', async (t) => {
  const server = await serverOf(createApp)
  t.match((await server.get('/nowhere')).headers['content-type'], /json/)
  t.match((await server.get('/nowhere', { accept: 'text/html' })).headers['content-type'], /html/)
  t.match((await server.get('/nowhere', { cookie: 'a=b' })).headers['content-type'], /text/)
})

t.test('a server that never answers is red, and nobody waits for it', async (t) => {
  const never: Make = () => async () => {}
  t.match((await redness(async (server) => void (await server.get('/')), never))?.message, /end/)
})

t.test('a server that breaks is red', async (t) => {
  const breaking: Make = () => () => Promise.reject(new Error('broken'))
  const test: Test = async (server) => void (await server.get('/'))
  t.match((await redness(test, breaking))?.message, /broken/)
})

t.test('strangers answer all alike, so that a test that asks nothing is content', async (t) => {
  for (const { name, make } of strangers) {
    const server = await serverOf(make)
    const [home, signedIn] = [await server.get('/'), await server.signIn()]
    t.hasStrict(signedIn, home, name)
    t.match(signedIn.token, /^[\w-]+\.[\w-]+\.[\w-]+$/, 'even with a token')
  }
})

t.test('forge()', async (t) => {
  const claimsOf = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const token = forge('', { claims: { sub: 'ada', aud: 'us' } })
  t.equal(forge(token), token, 'without changes: the same token')
  t.equal(claimsOf(forge(token, { claims: { sub: 'eve' } })), '{"sub":"eve","aud":"us"}')
  t.not(forge(token, { secret: 'another' }), token)
  t.match(forge(token, { header: { alg: 'none' } }), /^[\w-]+\.[\w-]+\.$/)
})

async function serverOf(make: Make): Promise<ServerUnderTest> {
  const { handler, controls } = await start(make)
  return underTest((ask) => askByDouble(handler, ask), controls).server
}

function fail(words: string, asError: (words: string) => unknown = (w) => new Error(w)): never {
  throw asError(words)
}
