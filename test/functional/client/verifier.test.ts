import { generateKeyPairSync, randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { KeysUnavailable } from '../../../example/client/key-set.ts'
import { remoteVerifier, type VerifierOptions } from '../../../example/client/verifier.ts'
import { TokenError } from '../../../example/token/errors.ts'
import { issue } from '../../../example/token/issue.ts'
import { jwkSet } from '../../../example/token/jwks.ts'
import { type Key, keyPair } from '../../../example/token/key.ts'
import type { Policy } from '../../../example/token/types.ts'
import { NOW } from '../../support/fixtures.ts'
import { listening } from '../../support/listening.ts'

const policy: Policy = {
  algorithms: ['ES256'],
  type: 'at+jwt',
  issuer: 'https://issuer.example/shop',
  audience: 'shop',
  maxLength: 8192,
  maxLifetimeSeconds: 900,
  leewaySeconds: 0,
}

function newKey(kid: string): Key {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return keyPair({ kid, alg: 'ES256', privateKey })
}

/** What a refused token is rejected with; TypeScript wants a name of errors. */
const refusal = (code: string) =>
  ({ name: 'TokenError', code, message: /./ }) as { message: RegExp }

const [first, second] = [newKey('first'), newKey('second')]

/** A token as the issuer makes it, with what the test replaces. */
const token = (key = first, replaced: Partial<Policy> = {}, now = NOW) => {
  const request = { subject: 'ada', id: randomUUID(), lifetimeSeconds: 900, claims: {} }
  return issue(request, { key, policy: { ...policy, ...replaced }, now })
}

/** A verifier, and an issuer whose answers the test decides. */
function verifying(options: Partial<VerifierOptions> = {}) {
  const issuer = {
    keys: [first],
    cacheControl: 'public, max-age=300',
    asked: [] as Array<[unknown, RequestInit | undefined]>,
    answer: undefined as (() => Promise<Response>) | undefined,
  }
  const errors: unknown[] = []
  const verify = remoteVerifier({
    issuer: policy.issuer,
    audience: 'shop',
    algorithms: ['ES256'],
    onError: (error) => void errors.push(error),
    fetch: async (url, init) => {
      issuer.asked.push([url, init])
      if (issuer.answer !== undefined) return await issuer.answer()
      const headers = { 'cache-control': issuer.cacheControl }
      return new Response(JSON.stringify(jwkSet(issuer.keys)), { headers })
    },
    ...options,
  })
  return { issuer, errors, verify }
}

const away = () => Promise.reject(new TypeError('fetch failed'))

/** How often it was asked after this many seconds, with a good token each time. */
async function askedAfter(t: Test, seconds: readonly number[], cacheControl: string) {
  const { issuer, verify } = verifying()
  issuer.cacheControl = cacheControl
  for (const later of seconds) {
    const good = await token(first, {}, NOW + later)
    t.equal((await verify(good, NOW + later)).sub, 'ada')
  }
  return issuer.asked.length
}

t.test('a good token: its claims, with one fetch for all, from a fixed address', async (t) => {
  const { issuer, verify } = verifying()
  const tokens = await Promise.all(Array.from({ length: 20 }, () => token()))
  const claims = await Promise.all(tokens.map((each) => verify(each, NOW)))
  t.same(new Set(claims.map(({ sub }) => sub)), new Set(['ada']))
  t.equal(issuer.asked.length, 1)
  const [url, init] = issuer.asked[0] ?? []
  t.equal(url, 'https://issuer.example/shop/.well-known/jwks.json')
  t.equal(init?.redirect, 'error')
})

t.test('refused, each for its own reason', async (t) => {
  const { issuer, verify } = verifying()
  const bad: Record<string, [string, string]> = {
    'of another issuer': ['issuer', await token(first, { issuer: 'https://other.example' })],
    'for another audience': ['audience', await token(first, { audience: 'other' })],
    'a refresh token': ['type', await token(first, { type: 'refresh+jwt' })],
    expired: ['expiry', await token(first, {}, NOW - 2000)],
    'from the future': ['issued-at', await token(first, {}, NOW + 2000)],
    'of somebody else under the same kid': ['signature', await token(newKey('first'))],
    'no token': ['form', 'abc'],
  }
  for (const [what, [code, text]] of Object.entries(bad))
    await t.rejects(verify(text, NOW), refusal(code), what)
  t.equal(issuer.asked.length, 1, 'none of them is a reason to fetch')
})

t.test('a hundred tokens with kids that nobody has: two fetches at most', async (t) => {
  const { issuer, verify } = verifying()
  const [head = '', payload = '', signature = ''] = (await token()).split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString())
  const forged = Array.from({ length: 100 }, () => {
    const other = JSON.stringify({ ...header, kid: randomUUID() })
    return `${Buffer.from(other).toString('base64url')}.${payload}.${signature}`
  })
  const outcomes = await Promise.allSettled(forged.map((each) => verify(each, NOW)))
  t.ok(outcomes.every((each) => each.status === 'rejected' && each.reason instanceof TokenError))
  t.equal(issuer.asked.length, 2)
  t.equal((await verify(await token(), NOW)).sub, 'ada', 'who has a good one is served')
  await t.rejects(verify(forged[0] ?? '', NOW + 9), TokenError)
  t.equal(issuer.asked.length, 2)
  await t.rejects(verify(forged[0] ?? '', NOW + 10), TokenError)
  t.equal(issuer.asked.length, 3, 'and after the cool-down one more')
})

t.test('a key that is new to us is looked for at once', async (t) => {
  const { issuer, verify } = verifying()
  await verify(await token(), NOW)
  issuer.keys = [first, second]
  const tokens = await Promise.all(Array.from({ length: 20 }, () => token(second)))
  await Promise.all(tokens.map((each) => verify(each, NOW)))
  t.equal(issuer.asked.length, 2)
})

t.test('a key set is kept as long as its issuer says, within bounds', async (t) => {
  t.equal(await askedAfter(t, [0, 59], 'max-age=60'), 1)
  t.equal(await askedAfter(t, [0, 60], 'max-age=60'), 2)
  t.equal(await askedAfter(t, [0, 9], 'max-age=0'), 1, 'not fetched for each token')
  t.equal(await askedAfter(t, [0, 10], 'no-store'), 1, 'where nothing is said: five minutes')
  t.equal(await askedAfter(t, [0, 299], 'max-age=86400'), 1)
  t.equal(await askedAfter(t, [0, 300], 'max-age=86400'), 2, 'never longer than five minutes')
  t.equal(await askedAfter(t, [0, -400], 'max-age=300'), 2, 'and a clock set back keeps nothing')
})

t.test('a key that was dropped is good no more once the set is fetched again', async (t) => {
  const { issuer, verify } = verifying()
  const stolen = await token()
  await verify(stolen, NOW)
  issuer.keys = [second]
  await t.rejects(verify(stolen, NOW + 300), refusal('key'))
})

t.test('while the issuer is away', async (t) => {
  await t.test('known keys prove, and it is asked once in a cool-down', async (t) => {
    const { issuer, verify, errors } = verifying()
    await verify(await token(), NOW)
    issuer.answer = away
    for (const later of [301, 305, 310, 311])
      t.equal((await verify(await token(first, {}, NOW + later), NOW + later)).sub, 'ada')
    t.equal(issuer.asked.length, 3)
    t.equal(errors.length, 2, 'somebody is told')
    issuer.answer = undefined
    await verify(await token(first, {}, NOW + 321), NOW + 321)
    t.equal(issuer.asked.length, 4)
  })
  await t.test('an unknown key is no "no": it may be a new one', async (t) => {
    const { issuer, verify } = verifying()
    await verify(await token(), NOW)
    issuer.answer = away
    const unknown = await token(second)
    for (const later of [0, 1]) await t.rejects(verify(unknown, NOW + later), KeysUnavailable)
    t.equal(issuer.asked.length, 2)
    issuer.answer = undefined
    issuer.keys = [first, second]
    t.equal((await verify(unknown, NOW + 10)).sub, 'ada')
  })
  await t.test('and no key was ever there: nobody can say', async (t) => {
    const { issuer, verify } = verifying()
    issuer.answer = away
    const good = await token()
    for (const later of [0, 1, 9]) await t.rejects(verify(good, NOW + later), KeysUnavailable)
    t.equal(issuer.asked.length, 1)
    issuer.answer = undefined
    t.equal((await verify(good, NOW + 10)).sub, 'ada')
  })
})

t.test('a key set that could do harm is refused, and the old one kept', async (t) => {
  const { issuer, verify, errors } = verifying({ maxBytes: 2000 })
  await verify(await token(), NOW)
  const [jwk] = jwkSet([first]).keys
  const secret = { kty: 'oct', k: 'AAAA', kid: 'first', alg: 'HS256' }
  const sets: Record<string, [() => Response, RegExp]> = {
    'a secret among public keys': [() => Response.json({ keys: [jwk, secret] }), /secret/],
    'two keys of one kid': [() => Response.json({ keys: [jwk, jwk] }), /same kid/],
    'a key without alg': [() => Response.json({ keys: [{ ...jwk, alg: undefined }] }), /no alg/],
    'no JSON': [() => new Response('<h1>'), /not a JWK Set/],
    nothing: [() => new Response(null), /not a JWK Set/],
    'too much': [() => new Response('x'.repeat(2001)), /larger than 2000 bytes/],
    'an error': [() => Response.json({ keys: [jwk] }, { status: 500 }), /status is 500/],
    'an error without a body': [() => new Response(null, { status: 404 }), /status is 404/],
  }
  let now = NOW
  for (const [what, [answer, reason]] of Object.entries(sets)) {
    now += 400
    issuer.answer = async () => answer()
    t.equal((await verify(await token(first, {}, now), now)).sub, 'ada', what)
    t.match(Object(errors.at(-1)).message, reason, what)
  }
})

t.test('over a wire: no redirect is followed, and nobody holds us up', async (t) => {
  let asked = 0
  const { url: elsewhere } = await listening(t, async (_req, res) => {
    asked += 1
    res.writeHead(200, {})
    res.end(JSON.stringify(jwkSet([second])))
  })
  const { url } = await listening(t, async (req, res) => {
    if (req.url === '/slow') return // and never an answer
    res.writeHead(302, { location: elsewhere })
    res.end()
  })
  const options = { issuer: policy.issuer, audience: 'shop', algorithms: ['ES256'] as const }
  for (const path of ['/slow', '/moved']) {
    const limits = { jwksUrl: url + path, timeoutMilliseconds: 50 }
    const verify = remoteVerifier({ ...options, ...limits })
    await t.rejects(verify(await token(second), NOW), KeysUnavailable)
  }
  t.equal(asked, 0)
})
