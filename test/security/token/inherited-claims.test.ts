// S98 · RFC 7519 §4: what a token does not say itself, it must not get from a prototype; and it must
// not write on the prototype of others.
import t from 'tap'
import { createVerifier } from '../../../example/token/verifier.ts'
import { forge, goodClaims, goodHeader, keys, NOW, policy } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

/** JSON in which one member has moved into `__proto__`. */
function moved(object: Record<string, unknown>, name: string): string {
  const { [name]: value, ...rest } = object
  const inherited = JSON.stringify({ [name]: value })
  return JSON.stringify(rest).replace('{', `{"__proto__":${inherited},`)
}

const missing = {
  iss: 'issuer',
  sub: 'identifiers',
  aud: 'audience',
  exp: 'expiry',
  iat: 'lifetime',
  jti: 'identifiers',
}
for (const [name, check] of Object.entries(missing)) {
  t.test(`${name} in __proto__ is no ${name}`, async (t) => {
    t.equal(await refusedBy(forge(moved(goodClaims(), name))), check)
  })
}

for (const [name, check] of Object.entries({ typ: 'type', alg: 'algorithm', kid: 'key' })) {
  t.test(`${name} in the __proto__ of the header is no ${name}`, async (t) => {
    t.equal(await refusedBy(forge(goodClaims(), moved(goodHeader, name))), check)
  })
}

t.test('no token writes on the prototype of objects', async (t) => {
  const before = Object.getOwnPropertyNames(Object.prototype)
  const verify = createVerifier({ keys, policy })
  const polluting = [
    '"__proto__":{"polluted":true}',
    '"constructor":{"prototype":{"polluted":true}}',
    '"more":{"__proto__":{"polluted":true}}',
  ]
  for (const member of polluting) {
    const claims = JSON.stringify(goodClaims()).replace('{', `{${member},`)
    const header = JSON.stringify(goodHeader).replace('{', `{${member},`)
    const read = await verify(forge(claims, header), NOW)
    t.equal(read.polluted, undefined)
  }
  t.strictSame(Object.getOwnPropertyNames(Object.prototype), before)
  t.equal(Reflect.get({}, 'polluted'), undefined)
})
