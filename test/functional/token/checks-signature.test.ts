import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import t from 'tap'
import { signatureCheck } from '../../../example/token/checks-signature.ts'
import { TokenError } from '../../../example/token/errors.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { issue } from '../../../example/token/issue.ts'
import { type Key, keyPair } from '../../../example/token/key.ts'
import { begin, refusalOf } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  keys,
  NOW,
  policy,
  SESSION_ID,
} from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { rsa } from '../../support/rsa.ts'
import { ask } from './ask.ts'

const request = { subject: 'ada', id: SESSION_ID, lifetimeSeconds: 3600 }

/** The check is asked alone: the lists of algorithms and keys have not been looked at. */
async function verdict(token: string, key: Key) {
  const refusal = await refusalOf(signatureCheck, {
    ...begin(token, { keys, policy, now: NOW }),
    key,
  })
  return refusal instanceof TokenError ? refusal.code : 'passed'
}

t.test('signature', async (t) => {
  t.test('passes what was signed with the key', async (t) => {
    const { reason, input } = await ask('signature')
    t.equal(reason, undefined)
    t.equal(input, 'HS256 with the key sessions-1')
  })

  t.test('refuses when no key was found', async (t) => {
    const { reason, input } = await ask('signature', { key: undefined })
    t.equal(reason, 'there is no key to verify it with')
    t.equal(input, 'undefined with the key undefined')
  })

  t.test(
    'is silent about the claims: those are judged later, at a time that is given',
    async (t) => {
      const claims = { exp: 1, nbf: NOW * 2, iat: 'never', aud: null, iss: 5 }
      t.equal((await ask('signature', { token: forge(goodClaims(claims)) })).reason, undefined)
    },
  )

  for (const typ of ['session+jwt', 'JWT'])
    t.test(`typ ${typ}: does not ask for JSON, the bytes may be anything`, async (t) => {
      const header = { ...goodHeader, typ }
      const bom = `\ufeff${JSON.stringify(goodClaims())}`
      for (const payload of ['text', 'null', '[]', '5', bom, Buffer.from([0, 255, 128])]) {
        t.equal(await verdict(forge(payload, header), key), 'passed')
        t.equal(await verdict(forge(payload, header, 'guessed'), key), 'signature')
      }
    })

  t.test('with a pair of keys, too', async (t) => {
    const ours = await generateKey({ kid: 'ours', alg: 'ES256' })
    t.equal(await verdict(forgeWith(ours, 'null', { typ: 'JWT' }), ours), 'passed')
    const theirs = await generateKey({ kid: 'ours', alg: 'ES256' })
    t.equal(await verdict(forgeWith(theirs, 'null', { typ: 'JWT' }), ours), 'signature')
  })

  for (const alg of ['HS256', 'ES256', 'EdDSA'] as const) {
    const ours = await generateKey({ kid: 'ours', alg })
    const theirs = await generateKey({ kid: 'ours', alg })

    t.test(`${alg}: passes our key, refuses another one of the same name`, async (t) => {
      t.equal(await verdict(await issue(request, { key: ours, policy, now: NOW }), ours), 'passed')
      t.equal(
        await verdict(await issue(request, { key: theirs, policy, now: NOW }), ours),
        'signature',
      )
    })

    t.test(`${alg}: takes the algorithm from the key, whatever the header says`, async (t) => {
      for (const said of ['none', 'HS256', 'HS512', 'RS256', 'ES256', 'EdDSA', null])
        if (said !== alg)
          t.equal(
            await verdict(forge(goodClaims(), { ...goodHeader, alg: said }), ours),
            'signature',
          )
    })
  }

  t.test('refuses a true signature that was made with our key for another algorithm', async (t) => {
    const used: [Key, jwt.Algorithm[]][] = [
      [await generateKey({ kid: 'ours', alg: 'HS256' }), ['HS384', 'HS512']],
      [
        keyPair({ kid: 'ours', alg: 'RS256', ...rsa }),
        ['RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
      ],
    ]
    for (const [ours, others] of used)
      for (const algorithm of [ours.alg as jwt.Algorithm, ...others]) {
        const token = jwt.sign(goodClaims(), ours.signingKey as KeyObject, { algorithm })
        t.equal(
          await verdict(token, ours),
          algorithm === ours.alg ? 'passed' : 'signature',
          algorithm,
        )
      }
  })

  t.test('refuses an empty one before any library sees it', async (t) => {
    const { reason } = await ask('signature', { segments: ['e30', 'e30', ''] })
    t.equal(reason, 'it has no signature')
  })
})
