import t from 'tap'
import { goodHeader, policy, segment, sessionToken } from '../../support/fixtures.ts'
import { ask } from './ask.ts'

t.test('length', async (t) => {
  const token = sessionToken()
  const limit = (maxLength: number) => ({ token, policy: { ...policy, maxLength } })

  t.test('passes a token of the greatest length', async (t) => {
    t.equal((await ask('length', limit(token.length))).reason, undefined)
  })

  t.test('refuses one character more', async (t) => {
    const { reason } = await ask('length', limit(token.length - 1))
    t.equal(reason, `it is longer than ${token.length - 1} characters`)
  })

  t.test('refuses what is no text: a form or a JSON body can hold anything', async (t) => {
    const notTexts: unknown[] = [undefined, null, 5, [token], Buffer.from(token)]
    for (const value of notTexts)
      t.equal((await ask('length', { token: value as string })).reason, 'it is not a string')
  })

  t.test('looks at the number of characters', async (t) => {
    t.equal((await ask('length', { token: 'a.b.c' })).input, '5 characters')
    const list = { token: ['a.b.c'] as unknown as string }
    t.equal((await ask('length', list)).input, 'a value of type object')
  })
})

t.test('form', async (t) => {
  t.test('passes three segments, and keeps them', async (t) => {
    const token = sessionToken()
    const { reason, verification } = await ask('form', { token, segments: [] })
    t.equal(reason, undefined)
    t.strictSame(verification.segments, token.split('.'))
  })

  t.test('passes a token without a signature: what it lacks is for others to say', async (t) => {
    const { reason, verification } = await ask('form', { token: 'e30.e30.', segments: [] })
    t.equal(reason, undefined)
    t.strictSame(verification.segments, ['e30', 'e30', ''])
  })

  const notThree = 'it does not have three parts'
  const empty = 'a part is empty'
  const notStrict = 'a part is not strict base64url'
  const refused: Record<string, [token: string, reason: string]> = {
    'two segments': ['e30.e30', notThree],
    'four segments': ['e30.e30.e30.e30', notThree],
    'an empty header': ['.e30.e30', empty],
    'an empty payload': ['e30..e30', empty],
    'an empty signature and padding': ['e30.e30=.', notStrict],
    'a header with padding': ['e30=.e30.e30', notStrict],
    'a payload with padding': ['e30.e30=.e30', notStrict],
    'a signature with padding': ['e30.e30.e30=', notStrict],
  }
  for (const [what, [token, reason]] of Object.entries(refused)) {
    t.test(`refuses ${what}, and keeps nothing`, async (t) => {
      const answer = await ask('form', { token, segments: [] })
      t.equal(answer.reason, reason)
      t.strictSame(answer.verification.segments, [])
    })
  }

  t.test('looks at how long each segment is', async (t) => {
    t.equal((await ask('form', { token: 'e30.e30.abcd' })).input, 'parts of 3, 3, 4 characters')
  })
})

t.test('header', async (t) => {
  const segments = [segment(goodHeader), segment('not read yet'), 'signature']

  t.test('passes a JSON object, and keeps it with the bytes of the payload', async (t) => {
    const { reason, verification } = await ask('header', {
      segments,
      header: {},
      payload: Buffer.of(),
    })
    t.equal(reason, undefined)
    t.strictSame(verification.header, goodHeader)
    t.strictSame(verification.payload, Buffer.from('not read yet'))
  })

  const notStrict =
    'the header is not a JSON object in UTF-8 with each name once, at most 32 levels deep'
  for (const text of ['null', '{"alg":1,"alg":2}']) {
    t.test(`refuses ${text}, and keeps nothing`, async (t) => {
      const broken = { segments: [segment(text), 'e30', 'e30'], header: {}, payload: Buffer.of() }
      const { reason, verification } = await ask('header', broken)
      t.equal(reason, notStrict)
      t.strictSame(verification.header, {})
      t.strictSame(verification.payload, Buffer.of())
    })
  }

  t.test('refuses when there are no segments', async (t) => {
    const { reason, input } = await ask('header', { segments: [] })
    t.equal(reason, notStrict)
    t.equal(input, 'the header part, 0 characters')
  })

  t.test('looks at the header segment', async (t) => {
    t.equal(
      (await ask('header', { segments })).input,
      `the header part, ${segments[0]?.length} characters`,
    )
  })
})
