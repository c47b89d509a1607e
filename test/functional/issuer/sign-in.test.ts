import t from 'tap'
import { outdatedHash, PASSWORD } from '../../support/accounts.ts'
import { call, namespace, testIssuer, user } from '../../support/issuer.ts'

/** A shop in which Ada may sign in, and the question with what a test replaces. */
async function shop(environment: Record<string, string> = {}) {
  const server = await testIssuer({ environment })
  const place = await namespace(server, 'shop')
  await user(server, place, 'Ada')
  const signIn = (replaced: object = {}, ttl = '', more = {}) => {
    const body = { namespace: 'shop', username: 'ada', password: PASSWORD, ...replaced }
    return call(server, `POST /token/refresh${ttl}`, body, more)
  }
  return { server, place, signIn }
}

t.test('unknown, wrong, switched off: one answer, byte for byte', async (t) => {
  const { server, place, signIn } = await shop()
  await user(server, place, 'off')
  await server.users.change(place.nsId, 'off', (user) => ({ ...user, enabled: false }))
  const answers = [
    await signIn({ username: 'nobody' }),
    await signIn({ username: '../../ada' }),
    await signIn({ password: 'another-password' }),
    await signIn({ username: 'off' }),
  ]
  t.equal(answers[0]?.status, 401)
  t.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
  t.equal(answers[0]?.headers['www-authenticate'], 'Bearer')
  const told = server.events.filter(({ event }) => event === 'sign-in failed')
  t.same(
    told.map(({ fields }) => fields.user),
    [undefined, undefined, 'ada', 'off'],
    'what was typed is not in the log: it may be a password',
  )
})

t.test('the lifetime that is asked for, up to the longest of the namespace', async (t) => {
  const { server, place, signIn } = await shop()
  for (const ttl of ['', '/1h', '/24h', '/90s', '/1h30m']) {
    const { status, json } = await signIn({}, ttl)
    t.equal(status, 200, ttl)
    t.same(Object.keys(json), ['token'])
  }
  const lifetimes = []
  for await (const grant of server.grants.liveOf(
    place.nsId,
    await server.users.find(place.nsId, 'ada'),
    server.clock.now,
  ))
    lifetimes.push(grant.refreshSeconds)
  t.same(
    lifetimes.sort((a, b) => a - b),
    [90, 3600, 5400, 86_400, 86_400],
  )
  const tooLong = await signIn({}, '/25h')
  t.equal(tooLong.status, 400)
  t.equal(tooLong.json.error_description, 'ttl: must be 1 day or less')
  for (const ttl of ['/0s', '/-5m', '/300', '/5', '/1.5h', '/7y', '/10M', '/m', '/5m5m']) {
    const { status, json } = await signIn({}, ttl)
    t.equal(status, 400, ttl)
    t.equal(json.error_description, 'ttl: must be a duration such as 90s, 10m, 1h30m or 7d')
  }
})

t.test('what is missing or of the wrong kind is named', async (t) => {
  const { signIn } = await shop()
  const refused: Array<[replaced: object, status: number, description: string]> = [
    [
      { namespace: undefined },
      400,
      'namespace: must be 3 to 64 small letters, digits, _ or -, and begin with a letter or digit',
    ],
    [
      { namespace: ['shop'] },
      400,
      'namespace: must be 3 to 64 small letters, digits, _ or -, and begin with a letter or digit',
    ],
    [{ namespace: 'none' }, 404, 'namespace: there is none of this name'],
    [{ namespace: 'SHOP' }, 404, 'namespace: there is none of this name'],
    [{ namespace: '__proto__' }, 404, 'namespace: there is none of this name'],
    [{ username: undefined }, 400, 'username: must be a text'],
    [{ username: '' }, 400, 'username: must be a text'],
    [{ username: { $ne: 1 } }, 400, 'username: must be a text'],
    [{ password: 12345678 }, 400, 'password: must be a text'],
    [{ role: 'admin' }, 400, 'Cannot read the body: it has fields that are not known: "role"'],
  ]
  for (const [replaced, status, description] of refused) {
    const answer = await signIn(replaced)
    t.equal(answer.status, status, JSON.stringify(replaced))
    t.equal(answer.json.error_description, description)
  }
})

t.test('the body is JSON, whatever its type says: quidjs sends it as text', async (t) => {
  const { signIn } = await shop()
  for (const type of ['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', ''])
    t.equal((await signIn({}, '', { headers: { 'content-type': type } })).status, 200, type)
})

t.test('where the endpoint is closed nobody signs in, whoever they are', async (t) => {
  const { server, place, signIn } = await shop()
  const { token: refresh_token } = (await signIn()).json
  await server.namespaces.change(place, (now) => ({ ...now, isOpen: false }))
  t.equal((await signIn()).status, 403)
  const access = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
  t.equal(access.status, 403)
})

t.test(
  'guesses are slowed, by address and by account, and the next minute is another',
  async (t) => {
    const { server, signIn } = await shop({ FAILED_SIGN_INS_PER_MINUTE: '2' })
    const guess = () => signIn({ password: 'a-guess-of-mine' })
    t.equal((await guess()).status, 401)
    t.equal((await guess()).status, 401)
    const third = await signIn()
    t.equal(third.status, 429, 'the right password, too')
    t.match(third.headers['retry-after'], /^\d+$/)
    const elsewhere = { remoteAddress: '198.51.100.7' }
    t.equal((await signIn({}, '', elsewhere)).status, 200, 'nobody is kept out from one address')
    server.clock.now += 60
    t.equal((await signIn()).status, 200)
  },
)

t.test('many addresses together do not guess on', async (t) => {
  const { signIn } = await shop({ FAILED_SIGN_INS_PER_MINUTE: '1' })
  const from = (n: number) =>
    signIn({ password: 'a-guess-of-mine' }, '', { remoteAddress: `198.51.100.${n}` })
  for (let n = 1; n <= 10; n += 1) t.equal((await from(n)).status, 401)
  t.equal((await from(11)).status, 429)
})

t.test(
  'a hash with older figures is made anew, with the password that was just right',
  async (t) => {
    const server = await testIssuer()
    const place = await namespace(server, 'shop')
    const hash = outdatedHash(PASSWORD)
    await server.users.create({ nsId: place.nsId, name: 'ada', hash }, server.clock.now)
    const given = { namespace: 'shop', username: 'ada', password: PASSWORD }
    t.equal((await call(server, 'POST /token/refresh', given)).status, 200)
    t.match((await server.users.find(place.nsId, 'ada'))?.hash, /m=19456,t=2/)
    t.equal((await call(server, 'POST /token/refresh', given)).status, 200)
  },
)

t.test('too many passwords at once: come again in a second', async (t) => {
  const { HashingBusy } = await import('../../../example/password/hash.ts')
  const { server, signIn } = await shop()
  server.passwords.verify = () => Promise.reject(new HashingBusy())
  const { status, headers } = await signIn()
  t.equal(status, 503)
  t.equal(headers['retry-after'], '1')
})

t.test('a user whose record is damaged is nobody', async (t) => {
  const { server, place, signIn } = await shop()
  const key = { kind: 'member', owner: place.nsId, id: 'ada' }
  await server.store.replace(key, (await server.store.get(key)) ?? '', '{"id":"ada"}')
  t.equal((await signIn()).status, 401)
})

t.test('without what it needs a namespace is none', async (t) => {
  const { server, place, signIn } = await shop()
  await server.signingKeys.remove(place)
  t.equal((await signIn()).status, 404)
})
