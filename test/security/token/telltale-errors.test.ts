// S12 · CVE-2019-7644: an error that shows the token, a claim or the signature that would have fit.
import { createHmac } from 'node:crypto'
import t from 'tap'
import { TokenError } from '../../../example/token/errors.ts'
import { explain } from '../../../example/token/explain.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import type { VerifyOptions } from '../../../example/token/types.ts'
import { verify } from '../../../example/token/verify.ts'
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
import { holding } from './refused-by.ts'

// Stands in every part that is wrong: it may not come back in a message.
const MARK = 'do-not-say-this'
const options: VerifyOptions = { keys, policy, now: NOW }
const ec = await generateKey({ kid: 'a', alg: 'ES256' })

const tokens: Record<string, [token: string, options?: VerifyOptions]> = {
  length: [sessionToken({ more: MARK.repeat(1000) })],
  form: [`${MARK}.${MARK}`],
  header: [forge(goodClaims({ MARK }), `"${MARK}"`)],
  type: [forge(goodClaims(), { ...goodHeader, typ: MARK })],
  algorithm: [forge(goodClaims(), { ...goodHeader, alg: MARK })],
  critical: [forge(goodClaims(), { ...goodHeader, crit: [MARK] })],
  'embedded-key': [forge(goodClaims(), { ...goodHeader, jku: MARK })],
  key: [forge(goodClaims(), { ...goodHeader, kid: MARK })],
  signature: [forge(goodClaims({ sub: MARK }), goodHeader, 'guessed')],
  'signature of EC': [
    forgeWith(ec, goodClaims({ sub: MARK })).replace(/[^.]+$/, 'AAAA'),
    { ...holding(ec), now: NOW },
  ],
  claims: [forge(MARK)],
  expiry: [sessionToken({ exp: MARK })],
  lifetime: [sessionToken({ iat: MARK })],
  'not-before': [sessionToken({ nbf: MARK })],
  issuer: [sessionToken({ iss: MARK })],
  audience: [sessionToken({ aud: MARK })],
  identifiers: [sessionToken({ sub: `${MARK}!` })],
}
for (const [what, [token, own = options]] of Object.entries(tokens)) {
  t.test(`a refusal by ${what} says nothing of what the token says`, async (t) => {
    const error = await verify(token, own).catch((error: unknown) => error)
    if (!(error instanceof TokenError)) throw error
    t.ok(what.startsWith(error.code), error.code)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const wanted = createHmac('sha256', SECRET).update(`${header}.${payload}`).digest()
    const secrets = [MARK, SECRET, header, payload, signature, goodHeader.kid, goodClaims().jti]
    const encoded = [
      wanted.toString('base64url'),
      wanted.toString('base64'),
      wanted.toString('hex'),
    ]
    for (const text of [...secrets, ...encoded]) {
      if (text === '') continue
      t.notOk(error.message.includes(String(text)), 'the message')
      t.notOk(error.stack?.includes(String(text)), 'the stack')
    }
  })
}

t.test(
  'explain() shows what a check looked at, but never the key or the right signature',
  async (t) => {
    for (const [token, own = options] of Object.values(tokens)) {
      const told = JSON.stringify(await explain(token, own))
      const signingInput = token.split('.', 2).join('.')
      const wanted = createHmac('sha256', SECRET).update(signingInput).digest()
      for (const text of [SECRET, wanted.toString('base64url'), wanted.toString('hex')])
        t.notOk(told.includes(text))
    }
  },
)
