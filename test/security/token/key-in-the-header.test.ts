// S7 · RFC 7515 §4.1.2–§4.1.8 and §10, RFC 8725 §3.10: the attacker brings the key along.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { generateKey } from '../../../example/token/generate-key.ts'
import { publicKey } from '../../../example/token/key.ts'
import { forge, goodClaims, goodHeader } from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { holding, refusedBy } from './refused-by.ts'

const pair = await generateKey({ kid: 'ours', alg: 'ES256' })
const ours = publicKey({ kid: 'ours', alg: 'ES256', publicKey: pair.verifyingKey })
const theirs = await generateKey({ kid: 'ours', alg: 'ES256' })
const jwk = { ...theirs.verifyingKey.export({ format: 'jwk' }), kid: 'ours', alg: 'ES256' }
const der = theirs.verifyingKey.export({ type: 'spki', format: 'der' }).toString('base64')

const embedded: Record<string, Record<string, unknown>> = {
  jwk: { jwk },
  'jwk that is null': { jwk: null },
  x5c: { x5c: [der] },
  'x5c that is empty': { x5c: [] },
  x5t: { x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  'x5t#S256': { 'x5t#S256': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
}

for (const [what, header] of Object.entries(embedded)) {
  t.test(`a token with ${what} is refused`, async (t) => {
    const forged = forgeWith(theirs, goodClaims(), header)
    t.equal(await refusedBy(forged, holding(ours)), 'embedded-key', 'signed with the key it brings')
    const good = forgeWith(pair, goodClaims(), header)
    t.equal(await refusedBy(good, holding(ours)), 'embedded-key', 'and even with our own')
  })
}

t.test('a secret as a jwk is refused', async (t) => {
  const secret = Buffer.alloc(32, 1)
  const oct = { kty: 'oct', k: secret.toString('base64url'), kid: 'sessions-1', alg: 'HS256' }
  t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, jwk: oct }, secret)), 'embedded-key')
})

t.test('without such a header the same forgery fails at the signature', async (t) => {
  t.equal(await refusedBy(forgeWith(pair), holding(ours)), 'accepted')
  t.equal(await refusedBy(forgeWith(theirs), holding(ours)), 'signature')
})

t.test('an address in a header is refused, and nobody goes there', async (t) => {
  const asked: (string | undefined)[] = []
  const listener = createServer((req, res) => {
    asked.push(req.url)
    res.end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  t.teardown(() => listener.close())
  let connections = 0
  listener.on('connection', () => connections++)
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`

  for (const name of ['jku', 'x5u'])
    for (const key of [theirs, pair]) {
      const token = forgeWith(key, goodClaims(), { [name]: `${url}/${name}` })
      t.equal(await refusedBy(token, holding(ours)), 'embedded-key')
    }
  // These are not names of RFC 7515, and kid is no address: what they hold is not followed either.
  for (const name of ['JKU', 'x5U', 'url', 'keys', 'iss'])
    t.equal(
      await refusedBy(forgeWith(theirs, goodClaims({ iss: url }), { [name]: url }), holding(ours)),
      'signature',
    )
  t.equal(await refusedBy(forgeWith(theirs, goodClaims(), { kid: url }), holding(ours)), 'key')

  // The listener does hear: a request of our own comes last, and it is the first that arrives.
  await (await fetch(`${url}/control`)).text()
  t.strictSame(asked, ['/control'])
  t.equal(connections, 1)
})
