import t from 'tap'
import { keySet, secretKey } from '../../../example/token/key.ts'
import { goodHeader, key, policy } from '../../support/fixtures.ts'
import { ask } from './ask.ts'

const withHeader = (replaced: Record<string, unknown>) => ({
  header: { ...goodHeader, ...replaced },
})

t.test('type', async (t) => {
  for (const typ of ['session+jwt', 'Session+JWT', 'application/session+jwt']) {
    t.test(`passes ${typ}: media types have no case, and may leave out application/`, async (t) => {
      t.equal((await ask('type', withHeader({ typ }))).reason, undefined)
    })
  }

  for (const typ of [
    'JWT',
    'at+jwt',
    'session',
    'text/session+jwt',
    'session+application/jwt',
    '',
    null,
    1,
    ['session+jwt'],
  ]) {
    t.test(`refuses ${JSON.stringify(typ)}`, async (t) => {
      const { reason, input } = await ask('type', withHeader({ typ }))
      t.equal(reason, 'its typ is not session+jwt')
      t.equal(input, `typ ${JSON.stringify(typ)}`)
    })
  }

  t.test('refuses a token without one', async (t) => {
    const { reason, input } = await ask('type', { header: { alg: 'HS256' } })
    t.equal(reason, 'its typ is not session+jwt')
    t.equal(input, 'typ absent')
  })

  t.test('compares without case on both sides', async (t) => {
    const parts = { policy: { ...policy, type: 'application/Session+JWT' } }
    t.equal((await ask('type', parts)).reason, undefined)
  })
})

t.test('algorithm', async (t) => {
  t.test('passes each one of the list', async (t) => {
    const parts = { policy: { ...policy, algorithms: ['ES256', 'HS256'] } as const }
    t.equal((await ask('algorithm', parts)).reason, undefined)
    t.equal(
      (await ask('algorithm', { ...parts, ...withHeader({ alg: 'ES256' }) })).reason,
      undefined,
    )
  })

  t.test('calls an unsecured token what it is', async (t) => {
    const { reason } = await ask('algorithm', withHeader({ alg: 'none' }))
    t.equal(reason, 'it is unsecured: nobody has signed it (RFC 7519 §6)')
  })

  for (const alg of ['None', 'hs256', 'HS512', 'HS256 ', '', null, 1, ['HS256'], undefined]) {
    t.test(`refuses ${JSON.stringify(alg)}`, async (t) => {
      const { reason, input } = await ask('algorithm', withHeader({ alg }))
      t.equal(reason, 'its algorithm is not accepted here')
      t.equal(input, `alg ${alg === undefined ? 'absent' : JSON.stringify(alg)}`)
    })
  }

  t.test('refuses everything when the list is empty', async (t) => {
    const { reason } = await ask('algorithm', { policy: { ...policy, algorithms: [] } })
    t.equal(reason, 'its algorithm is not accepted here')
  })
})

t.test('critical', async (t) => {
  t.test('passes a header that asks for nothing special', async (t) => {
    const { reason, input } = await ask('critical')
    t.equal(reason, undefined)
    t.equal(input, 'crit absent, b64 absent')
  })

  for (const header of [
    { crit: ['exp'] },
    { crit: [] },
    { crit: null },
    { b64: true },
    { b64: false },
  ]) {
    t.test(`refuses ${JSON.stringify(header)}`, async (t) => {
      const { reason } = await ask('critical', withHeader(header))
      t.equal(reason, 'it needs an extension that is not supported')
    })
  }
})

t.test('embedded-key', async (t) => {
  t.test('passes a header that only names a key', async (t) => {
    const { reason, input } = await ask('embedded-key')
    t.equal(reason, undefined)
    t.equal(input, 'header names alg, typ, kid')
  })

  for (const name of ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256']) {
    t.test(`refuses ${name}, whatever it holds`, async (t) => {
      for (const value of ['https://keys.example', {}, null])
        t.equal(
          (await ask('embedded-key', withHeader({ [name]: value }))).reason,
          'it carries or points to a key',
        )
    })
  }
})

t.test('key', async (t) => {
  t.test('passes the kid of a key of ours, and keeps that key', async (t) => {
    const { reason, input, verification } = await ask('key', { key: undefined })
    t.equal(reason, undefined)
    t.equal(input, 'kid "sessions-1"')
    t.equal(verification.key, key)
  })

  for (const kid of [
    'sessions-2',
    'SESSIONS-1',
    'sessions-1 ',
    '',
    null,
    1,
    ['sessions-1'],
    undefined,
  ]) {
    t.test(`refuses ${JSON.stringify(kid)}, and keeps no key`, async (t) => {
      const { reason, verification } = await ask('key', { ...withHeader({ kid }), key: undefined })
      t.equal(reason, 'its kid names no key of ours')
      t.equal(verification.key, undefined)
    })
  }

  t.test('refuses a key that is for another algorithm than the header says', async (t) => {
    const other = secretKey({ kid: 'sessions-1', alg: 'HS384', secret: Buffer.alloc(48, 7) })
    const { reason, verification } = await ask('key', { keys: keySet(other), key: undefined })
    t.equal(reason, 'the key is for another algorithm')
    t.equal(verification.key, undefined)
  })
})
