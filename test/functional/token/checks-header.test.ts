import t from 'tap'
import { keySet, secretKey } from '../../../example/token/key.ts'
import type { CheckId } from '../../../example/token/types.ts'
import { goodHeader, key, policy } from '../../support/fixtures.ts'
import { ask } from './ask.ts'

type Row = [header: Record<string, unknown>, input: string, reason?: string]

const otherType = 'its typ is not session+jwt'
const unsecured = 'it is unsecured: nobody has signed it (RFC 7519 §6)'
const notAccepted = 'its algorithm is not accepted here'
const extension = 'it needs an extension that is not supported'
const ownKey = 'it carries or points to a key'
const noKey = 'its kid names no key of ours'

// A header for each answer of each check, and what the check shows of it; the long tables are in test/security/token.
const table: Partial<Record<CheckId, Row[]>> = {
  type: [
    [{}, 'typ "session+jwt"'],
    [{ typ: 'application/Session+JWT' }, 'typ "application/Session+JWT"'],
    [{ typ: 'at+jwt' }, 'typ "at+jwt"', otherType],
    [{ typ: ['session+jwt'] }, 'typ ["session+jwt"]', otherType],
    [{ typ: undefined }, 'typ absent', otherType],
  ],
  algorithm: [
    [{}, 'alg "HS256"'],
    [{ alg: 'none' }, 'alg "none"', unsecured],
    [{ alg: 'HS512' }, 'alg "HS512"', notAccepted],
    [{ alg: undefined }, 'alg absent', notAccepted],
  ],
  critical: [
    [{}, 'crit absent, b64 absent'],
    [{ crit: null }, 'crit null, b64 absent', extension],
    [{ b64: true }, 'crit absent, b64 true', extension],
  ],
  'embedded-key': [
    [{}, 'header names alg, typ, kid'],
    [{ jku: 'https://keys.example' }, 'header names alg, typ, kid, jku', ownKey],
    [{ jwk: null }, 'header names alg, typ, kid, jwk', ownKey],
  ],
  key: [
    [{}, 'kid "sessions-1"'],
    [{ kid: 'sessions-2' }, 'kid "sessions-2"', noKey],
    [{ kid: undefined }, 'kid absent', noKey],
  ],
}
for (const [id, rows] of Object.entries(table)) {
  t.test(id, async (t) => {
    for (const [header, shown, reason] of rows) {
      t.test(`${reason === undefined ? 'passes' : 'refuses'} ${shown}`, async (t) => {
        const answer = await ask(id as CheckId, { header: { ...goodHeader, ...header } })
        t.strictSame([answer.reason, answer.input], [reason, shown])
      })
    }
  })
}

t.test('type compares without case on both sides', async (t) => {
  const parts = { policy: { ...policy, type: 'application/Session+JWT' } }
  t.equal((await ask('type', parts)).reason, undefined)
})

t.test('algorithm looks for it in the whole list, and an empty one accepts nothing', async (t) => {
  const accepting = { ...policy, algorithms: ['ES256', 'HS256'] } as const
  t.equal((await ask('algorithm', { policy: accepting })).reason, undefined)
  t.equal((await ask('algorithm', { policy: { ...policy, algorithms: [] } })).reason, notAccepted)
})

t.test('key', async (t) => {
  t.test('keeps the key that it found', async (t) => {
    t.equal((await ask('key', { key: undefined })).verification.key, key)
  })

  t.test('keeps none where it found none', async (t) => {
    const header = { ...goodHeader, kid: 'sessions-2' }
    t.equal((await ask('key', { header, key: undefined })).verification.key, undefined)
  })

  t.test('refuses one that is for another algorithm than the header says', async (t) => {
    const other = secretKey({ kid: 'sessions-1', alg: 'HS384', secret: Buffer.alloc(48, 7) })
    const { reason, verification } = await ask('key', { keys: keySet(other), key: undefined })
    t.equal(reason, 'the key is for another algorithm')
    t.equal(verification.key, undefined)
  })
})
