// S13 · RFC 7519 §7.2: a token that makes the verifier throw something else than its own error.
// jsonwebtoken 9 throws SyntaxError and TypeError, some before it looks at the signature: a server that
// catches only JsonWebTokenError answers 500, or ends.
import jwt from 'jsonwebtoken'
import t from 'tap'
import { TokenError } from '../../../example/token/errors.ts'
import { explain } from '../../../example/token/explain.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import type { Key } from '../../../example/token/key.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import { verify, verifyJws } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  keys,
  NOW,
  policy,
  segment,
  sessionToken,
} from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { holding, refusedBy } from './refused-by.ts'

async function errorOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt
  } catch (error) {
    return error
  }
}

/** The same, of the library alone. */
function libraryErrorOf(token: string, { alg, verifyingKey }: Key): unknown {
  try {
    return jwt.verify(token, verifyingKey, { algorithms: [alg] as jwt.Algorithm[] })
  } catch (error) {
    return error
  }
}

const ownErrors = [jwt.JsonWebTokenError, jwt.NotBeforeError, jwt.TokenExpiredError]

t.test('a payload that is no JSON under the typ JWT: SyntaxError in the library', async (t) => {
  const token = forge('not JSON', { ...goodHeader, typ: 'JWT' }, 'no secret of ours')
  const library = libraryErrorOf(token, key)
  t.ok(library instanceof SyntaxError)
  t.notOk(ownErrors.some((own) => library instanceof own))

  const error = await errorOf(verify(token, { keys, policy: { ...policy, type: 'JWT' }, now: NOW }))
  t.ok(error instanceof TokenError && error.code === 'signature')
  t.ok((await errorOf(verifyJws(token, key))) instanceof TokenError)
})

for (const alg of ['ES256', 'ES384', 'ES512'] as const)
  t.test(`${alg}, a signature of three bytes: TypeError in the library`, async (t) => {
    const ec = await generateKey({ kid: 'a', alg })
    const token = forgeWith(ec).replace(/[^.]+$/, segment(Buffer.of(1, 2, 3)))
    const library = libraryErrorOf(token, ec)
    t.ok(library instanceof TypeError)
    t.notOk(ownErrors.some((own) => library instanceof own))

    const error = await errorOf(verify(token, { ...holding(ec), now: NOW }))
    t.ok(error instanceof TokenError && error.code === 'signature')
  })

const hostile: Record<string, unknown> = {
  'an empty text': '',
  'dots alone': '..',
  'a header of null': forge(goodClaims(), 'null'),
  'a header that is a number': forge(goodClaims(), '5'),
  'claims of null': forge('null'),
  'claims that are a text': forge('"x"'),
  'claims that break a conversion': forge(
    JSON.stringify(goodClaims()).replace(`"iat":${NOW}`, '"iat":{"valueOf":1,"toString":1}'),
  ),
  'deep claims': forge(`{"sub":${'['.repeat(2900)}${']'.repeat(2900)}}`),
  'a deep header': forge(goodClaims(), `{"alg":${'['.repeat(2500)}${']'.repeat(2500)}}`),
  'bytes that are no text': forge(Buffer.from([0xff, 0xfe, 0x00])),
  'names of methods': forge('{"toString":1,"valueOf":2,"hasOwnProperty":3,"then":4}'),
  'a claim named then': forge(JSON.stringify(goodClaims()).replace('{', '{"then":"no function",')),
  'the name __proto__': forge('{"__proto__":null}'),
  undefined: undefined,
  null: null,
  'a number': 5,
  'a list with a token': [sessionToken()],
  'an object that pretends to be a text': { length: 3, split: 'x', toString: null },
  'a symbol': Symbol('token'),
  'a boxed text': new String(sessionToken()),
}
for (const [what, token] of Object.entries(hostile)) {
  t.test(`${what}: a verdict, and no other error, from every door of the room`, async (t) => {
    const doors = [
      errorOf(verify(token as string, { keys, policy, now: NOW })),
      errorOf(createVerifier({ keys, policy })(token as string, NOW)),
      errorOf(verifyJws(token as string, key, { type: policy.type })),
    ]
    for (const outcome of await Promise.all(doors))
      if (outcome instanceof Error) t.ok(outcome instanceof TokenError, outcome.message)
    const steps = await explain(token as string, { keys, policy, now: NOW })
    const failed = steps.find(({ result }) => result === 'failed')?.check.id ?? 'accepted'
    t.equal(failed, await refusedBy(token))
  })
}
