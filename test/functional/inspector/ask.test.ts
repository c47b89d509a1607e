import { generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto'
import t from 'tap'
import type { Algorithm } from '../../../example/token/algorithms.ts'
import { checks } from '../../../example/token/checks.ts'
import { explain } from '../../../example/token/explain.ts'
import type { Given } from '../../../inspector/given.ts'
import { givenKey } from '../../../inspector/given-key.ts'
import { givenSecret } from '../../../inspector/given-secret.ts'
import type { Options } from '../../../inspector/options.ts'
import { reportOn } from '../../../inspector/report.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  NOW,
  policy,
  SECRET,
  sessionToken,
} from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { rsa } from '../../support/rsa.ts'

const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: 'jwk' }), ...more })

const secret = givenSecret(SECRET)
const ofRsa = givenKey(pem(rsa.publicKey))
const allNamed = { issuer: policy.issuer, audience: policy.audience, type: policy.type }

async function ask(token: string, given = secret, named: Partial<Options> = allNamed) {
  const options = { words: [], ...named }
  const report = await reportOn({ token, notes: [] }, { given, options, now: NOW })
  const results = Object.fromEntries(report.answers.map((each) => [each.check.id, each]))
  const withResult = (result: string) =>
    report.answers.filter((each) => each.result === result).map(({ check }) => check.id)
  return { ...report, results, withResult, failed: withResult('failed') }
}

const by = (alg: Algorithm, { privateKey }: KeyPairKeyObjectResult) => ({
  kid: goodHeader.kid,
  alg,
  signingKey: privateKey,
})

const ids = checks.map(({ id }) => id)
const behindSignature = ids.slice(ids.indexOf('claims'))

t.test('every check of the list is asked, in its order', async (t) => {
  const { answers, verdict, proven } = await ask(sessionToken())
  const asked = answers.map(({ check }) => check)
  t.strictSame(asked, checks)
  t.ok(answers.every(({ result, check }) => result === 'passed' || check.id === 'key'))
  t.ok(answers.every(({ saw }) => saw !== undefined))
  t.equal(
    verdict.sentence,
    'Accepted: no check failed. No token can say whether it has been revoked.',
  )
  t.equal(proven, true)
})

t.test('the verdict is the server’s, but for the key, which was chosen by hand', async (t) => {
  const tokens: Record<string, string> = {
    'a good one': sessionToken(),
    'an expired one': sessionToken({ exp: NOW }),
    'one that is too long': forge(goodClaims({ pad: 'x'.repeat(9000) })),
    'one for others': sessionToken({ aud: ['x'] }),
    'one of another kind': forge(goodClaims(), { ...goodHeader, typ: 'JWT' }),
    'one without a signature': `${sessionToken().split('.', 2).join('.')}.`,
    'an unsecured one': forge(goodClaims(), { ...goodHeader, alg: 'none' }),
    'one with an extension': forge(goodClaims(), { ...goodHeader, crit: ['x'] }),
    'one with claims that are null': forge('null'),
    'one with a key of its own': forge(goodClaims(), { ...goodHeader, jwk: {} }),
    'a forged one': forge(goodClaims(), goodHeader, 'guessed'),
  }
  for (const [what, token] of Object.entries(tokens))
    t.test(what, async (t) => {
      const [first] = (await ask(token)).failed
      const steps = await explain(token, { keys, policy, now: NOW })
      t.equal(first, steps.find(({ result }) => result === 'failed')?.check.id)
    })
})

t.test('a right signature over claims that are no JSON object is said to be right', async (t) => {
  for (const payload of ['null', 'hello', `\ufeff${JSON.stringify(goodClaims())}`]) {
    const token = forge(payload, { ...goodHeader, typ: 'JWT' })
    const { failed, proven } = await ask(token, secret, {})
    t.strictSame([failed, proven], [['claims'], true])
  }
})

t.test('what is not asked is said so', async (t) => {
  t.test('what the person did not name', async (t) => {
    const { results, withResult, verdict } = await ask(sessionToken(), secret, {})
    t.strictSame(withResult('not asked'), ['type', 'key', 'issuer', 'audience'])
    t.hasStrict(results.issuer, { reason: 'give --issuer', saw: `iss "${policy.issuer}"` })
    t.equal(results.key?.reason, 'you chose the key')
    t.match(verdict.sentence, /^Accepted: .* Not asked: "type", "issuer", "audience"\./)
  })

  t.test('an empty text is a name, too', async (t) => {
    t.strictSame((await ask(sessionToken(), secret, { issuer: '' })).failed, ['issuer'])
  })

  t.test('the kid, when the key was chosen by hand', async (t) => {
    const token = forge(goodClaims(), { ...goodHeader, kid: undefined })
    t.hasStrict((await ask(token)).results.key, {
      result: 'not asked',
      saw: 'kid absent',
      reason: 'you chose the key',
    })
    const other = { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: 'x' }
    const { results } = await ask(sessionToken(), givenKey(JSON.stringify(other)))
    t.equal(results.key?.reason, 'you chose the key, whose own kid is "x"')
    t.equal(results.signature?.result, 'passed')
  })

  t.test('a key that is too short for its algorithm is named as such', async (t) => {
    const { results } = await ask(forge(goodClaims(), goodHeader, 'short'), givenSecret('short'))
    t.equal(results.key?.reason, 'you chose the key: 5 bytes, and HS256 needs 32 (RFC 7518 §3.2)')
    t.equal(results.signature?.result, 'passed')
  })
})

t.test('a failed check hides no check that does not hang on it', async (t) => {
  t.test('claims are independent of each other, and of typ', async (t) => {
    const claims = goodClaims({ exp: NOW - 1, iat: NOW - 60, sub: 1, aud: 'x' })
    const token = forge(claims, { ...goodHeader, typ: 'JWT' })
    const { failed, withResult, verdict } = await ask(token)
    t.strictSame(failed, ['type', 'expiry', 'audience', 'identifiers'])
    t.strictSame(withResult('not reached'), [])
    t.equal(
      verdict.sentence,
      'Refused: the checks "type", "expiry", "audience", "identifiers" failed.',
    )
  })

  const stopping: Record<string, [token: string, failed: string, notReached: string[]]> = {
    'nothing behind a failed signature is reached': [
      forge(goodClaims({ exp: 1 }), goodHeader, 'guessed'),
      'signature',
      behindSignature,
    ],
    'without an algorithm there is no key': [
      forge(goodClaims(), { ...goodHeader, alg: 'none' }),
      'algorithm',
      ['key', 'signature', ...behindSignature],
    ],
    'with an unknown extension nobody knows what is signed': [
      forge(goodClaims(), { ...goodHeader, b64: false }),
      'critical',
      ['signature', ...behindSignature],
    ],
    'claims that are none have no times': [forge('null'), 'claims', behindSignature.slice(1)],
    'a text that is spelled wrongly is not read': [`${sessionToken()}=`, 'form', ids.slice(2)],
  }
  for (const [what, [token, failed, notReached]] of Object.entries(stopping))
    t.test(what, async (t) => {
      const { withResult, answers, verdict, proven } = await ask(token)
      t.strictSame(withResult('failed'), [failed])
      t.strictSame(withResult('not reached'), notReached)
      for (const { result, saw, reason, ours } of answers)
        if (result === 'not reached')
          t.strictSame([saw, reason, ours], [undefined, `"${failed}" failed`, undefined])
      t.equal(/believe none of its claims/.test(verdict.sentence), !proven)
      t.equal(proven, failed === 'claims')
    })
})

t.test('the key decides the algorithm', async (t) => {
  const rs256 = forgeWith(by('RS256', rsa))
  const good: Record<string, [token: string, given: Given]> = {
    RS256: [rs256, ofRsa],
    ES256: [forgeWith(by('ES256', p256)), givenKey(pem(p256.publicKey))],
    EdDSA: [forgeWith(by('EdDSA', ed)), givenKey(pem(ed.publicKey))],
  }
  for (const [alg, [token, given]] of Object.entries(good))
    t.test(`${alg} holds with its own key`, async (t) => {
      const { verdict, results } = await ask(token, given)
      t.equal(verdict.result, 'accepted')
      t.equal(results.signature?.saw, `${alg} with the key you gave`)
    })

  const confused = forge(goodClaims(), goodHeader, pem(rsa.publicKey))
  const bad: Record<string, [token: string, given: Given, failed: string]> = {
    'an RSA key for HS256, whose text made the MAC': [confused, ofRsa, 'algorithm'],
    'a secret for RS256': [rs256, secret, 'algorithm'],
    'the key of somebody else': [rs256, givenKey(pem(otherRsa.publicKey)), 'signature'],
  }
  for (const [what, [token, given, failed]] of Object.entries(bad))
    t.test(`${what}: "${failed}" fails`, async (t) =>
      t.strictSame((await ask(token, given)).failed, [failed]),
    )

  t.test('a public key as the secret verifies nothing, though the MAC fits', async (t) => {
    const given = givenSecret(pem(rsa.publicKey))
    const { results, verdict, proven, notes } = await ask(confused, given)
    t.hasStrict(results.key, { result: 'failed', reason: 'the text of a key is no secret' })
    t.equal(results.signature?.result, 'not reached')
    t.strictSame([verdict.result, proven], ['refused', false])
    t.match(notes[0], /^Algorithm confusion/)
  })
})

t.test('of a set, the kid and the alg of the token choose', async (t) => {
  const one = jwk(rsa.publicKey, { kid: 'one', alg: 'RS256' })
  const two = jwk(otherRsa.publicKey, { kid: 'two', alg: 'RS256' })
  const curve = jwk(p256.publicKey, { kid: 'three', alg: 'ES256' })
  const token = (kid?: unknown, alg: 'RS256' | 'ES256' = 'RS256') =>
    forgeWith(by(alg, alg === 'RS256' ? rsa : p256), goodClaims(), { kid })

  const cases: Array<[what: string, token: string, keys: object[], result: string, saw: RegExp]> = [
    ['its kid', token('one'), [one, two, curve], 'passed', /^RS256 with the key one$/],
    ['the kid of another key', token('two'), [one, two], 'failed', /^RS256 with the key two$/],
    ['a kid that is unknown', token('four'), [one], 'not reached', /^$/],
    ['an empty kid', token('', 'ES256'), [curve], 'not reached', /^$/],
    ['a kid that is no text', token(['one']), [one], 'not reached', /^$/],
    ['a kid of __proto__', token('__proto__'), [one], 'not reached', /^$/],
    ['a kid for another algorithm', token('three'), [one, curve], 'not reached', /^$/],
    ['no kid, and two keys', token(), [one, two], 'not reached', /^$/],
    ['no kid, and one key for it', token(undefined, 'ES256'), [one, curve], 'passed', /key three$/],
  ]
  for (const [what, text, keys, result, saw] of cases)
    t.test(`by ${what}: the signature is ${result}`, async (t) => {
      const { results } = await ask(text, givenKey(JSON.stringify({ keys })))
      t.equal(results.signature?.result, result)
      t.match(results.signature?.saw ?? '', saw)
      if (result === 'not reached') t.equal(results.key?.result, 'failed')
    })

  t.test('without a choice it says that there was none', async (t) => {
    const given = givenKey(JSON.stringify({ keys: [one, curve] }))
    const { results } = await ask(token(undefined, 'ES256'), given)
    t.hasStrict(results.key, {
      result: 'not asked',
      reason: 'the token names none, and the set has one for ES256',
    })
  })
})

t.test('our own rules are told from those of the RFCs', async (t) => {
  const deep = JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`)
  const cases: Array<[what: string, token: string, failed: string, ours?: RegExp]> = [
    ['a long token', forge(goodClaims({ pad: 'x'.repeat(9000) })), 'length', /8192 characters/],
    [
      'a jwk inside',
      forge(goodClaims(), { ...goodHeader, jwk: {} }),
      'embedded-key',
      /allows such/,
    ],
    ['a month', sessionToken({ exp: NOW + 2_592_000 }), 'lifetime', /no RFC sets a hard limit/],
    ['over before it began', sessionToken({ iat: NOW + 9_999 }), 'lifetime', /exp is later than/],
    ['no iat, so no lifetime', sessionToken({ iat: undefined }), 'lifetime', /be absent; we want/],
    ['an iat that is text, so no lifetime', sessionToken({ iat: 'x' }), 'lifetime'],
    ['no expiry', sessionToken({ exp: undefined, iat: 1 }), 'expiry', /absent or any number/],
    ['half a second', sessionToken({ exp: NOW + 9.5 }), 'expiry', /absent or any number/],
    ['an expiry beyond counting', sessionToken({ exp: 2 ** 53 }), 'expiry', /from 1 to 2\^53 - 1/],
    ['a start of zero', sessionToken({ nbf: 0 }), 'not-before', /we want .* from 1/],
    ['a deep claim', forge(goodClaims({ n: deep })), 'claims', /at most 32 levels deep/],
    ['a name twice inside', forge('{"n":{"a":1,"a":2},"exp":1}'), 'claims', /name twice; we want/],
    ['a name twice', forge('{"n":1,"n":2}'), 'claims'],
    ['a name twice, once escaped', forge('{"n":1,"\\u006e":{}}'), 'claims'],
    ['claims in a list', forge('[{"a":1,"a":2}]'), 'claims'],
    ['claims behind a mark', forge(`\ufeff${JSON.stringify({ n: deep })}`), 'claims'],
    ['a deep header', forge('{}', { ...goodHeader, n: deep }), 'header', /levels deep/],
    ['a header with a name twice', forge('{}', '{"alg":1,"alg":2}'), 'header'],
    ['a b64 of true (RFC 7797 §6)', forge('{}', { ...goodHeader, b64: true }), 'critical'],
    ['an expiry that is over', sessionToken({ exp: NOW }), 'expiry'],
    ['a fraction that is over', sessionToken({ exp: NOW - 0.5 }), 'expiry'],
    ['an expiry beyond all numbers', forge('{"exp":1e999}'), 'expiry'],
    ['an expiry as text', sessionToken({ exp: 'x' }), 'expiry'],
    ['a start in a fraction', sessionToken({ nbf: NOW - 0.5 }), 'not-before', /any number/],
    ['a start to come', sessionToken({ nbf: NOW + 1 }), 'not-before'],
    ['made tomorrow', sessionToken({ iat: NOW + 1 }), 'issued-at', /in the future; we want/],
    ['no iat', sessionToken({ iat: undefined }), 'issued-at', /any number, absent/],
    ['an iat as text', sessionToken({ iat: 'x' }), 'issued-at'],
    ['an iat of null', sessionToken({ iat: null }), 'issued-at'],
    ['a name with a space', sessionToken({ sub: 'B S' }), 'identifiers', /no RFC says/],
    ['no jti', sessionToken({ jti: undefined }), 'identifiers', /no RFC says/],
    ['a sub that is a number', sessionToken({ sub: 1 }), 'identifiers'],
    ['another issuer', sessionToken({ iss: 'x' }), 'issuer'],
  ]
  for (const [what, token, failed, ours] of cases)
    t.test(`${what}: ${ours === undefined ? 'the RFC’s' : 'ours'}`, async (t) => {
      const answer = (await ask(token)).results[failed]
      t.equal(answer?.result, 'failed')
      t.match(answer?.ours ?? 'none of ours', ours ?? /^none of ours$/)
    })

  t.test('a check that passed has only those that are ours in any case', async (t) => {
    const { answers } = await ask(sessionToken({ nbf: NOW }), secret)
    t.strictSame(
      answers.filter(({ ours }) => ours !== undefined).map(({ check }) => check.id),
      ['length', 'embedded-key', 'lifetime', 'issued-at', 'identifiers'],
    )
  })

  t.test('the verdict says when no RFC forbids the token', async (t) => {
    const foreign = forge({ sub: 'Bob Smith', exp: NOW + 2_592_000 }, { alg: 'HS256' })
    t.equal(
      (await ask(foreign, secret, {})).verdict.sentence,
      'Refused by the rules of our server alone: the checks "lifetime", "issued-at", "identifiers" failed. No RFC forbids this token, as far as it was checked.',
    )
    const mixed = forge({ sub: 'Bob Smith', exp: NOW - 1 }, { alg: 'HS256' })
    t.match((await ask(mixed, secret, {})).verdict.sentence, /^Refused: the checks/)
  })

  t.test('and never of a token whose signature was not verified', async (t) => {
    const header = { ...goodHeader, x: { y: JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`) } }
    const unread = await ask(forge(goodClaims(), header), secret)
    t.match(unread.verdict.sentence, /^Refused: the check "header" failed\. Its signature is not/)
    const token = forge(goodClaims({ pad: 'x'.repeat(9000) }), { ...goodHeader, alg: 'none' })
    const { verdict } = await ask(token)
    t.match(verdict.sentence, /^Refused: the checks "length", "algorithm" failed\. Its signature/)
  })
})

t.test('without a key nothing is asked', async (t) => {
  const now = NOW
  const options = { words: [], issuer: 'x' }
  const found = { token: sessionToken(), notes: ['A note.'] }
  const report = await reportOn(found, { given: undefined, options, now })
  t.hasStrict(report, {
    answers: [],
    proven: false,
    verdict: {
      result: 'only decoded',
      sentence: 'Decoding proves nothing: anybody can write these bytes.',
    },
    notes: ['A note.', 'Not checked: --type, --issuer and --audience need a key beside them.'],
  })
})
