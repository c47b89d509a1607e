// S13 · RFC 7519 §7.2: a token that makes the verifier throw something else than its own error.
// jsonwebtoken 9 throws SyntaxError and TypeError, some before it looks at the signature: a server that
// catches only JsonWebTokenError answers 500, or ends.
import jwt from 'jsonwebtoken'
import t from 'tap'
import { explain } from '../../../example/token/explain.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import type { Key } from '../../../example/token/key.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import { verifyJws } from '../../../example/token/verify.ts'
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
import { codeOf } from '../../support/refusal.ts'
import { holding, refusedBy } from './refused-by.ts'

/** What the library throws, and lets nobody expect. */
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

  t.equal(await refusedBy(token, { policy: { ...policy, type: 'JWT' } }), 'signature')
  t.equal(await codeOf(verifyJws(token, key)), 'signature')
})

for (const alg of ['ES256', 'ES384', 'ES512'] as const)
  t.test(`${alg}, a signature of three bytes: TypeError in the library`, async (t) => {
    const ec = await generateKey({ kid: 'a', alg })
    const token = forgeWith(ec).replace(/[^.]+$/, segment(Buffer.of(1, 2, 3)))
    const library = libraryErrorOf(token, ec)
    t.ok(library instanceof TypeError)
    t.notOk(ownErrors.some((own) => library instanceof own))

    t.equal(await refusedBy(token, holding(ec)), 'signature')
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
    const verdict = await refusedBy(token)
    t.equal(await codeOf(createVerifier({ keys, policy })(token as string, NOW)), verdict)
    const steps = await explain(token as string, { keys, policy, now: NOW })
    const failed = steps.find(({ result }) => result === 'failed')?.check.id ?? 'accepted'
    t.equal(failed, verdict)
    await codeOf(verifyJws(token as string, key, { type: policy.type })) // which fails at any other error
  })
}
