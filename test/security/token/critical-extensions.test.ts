// S6 · RFC 7515 §4.1.11, RFC 7797 §6 and §7: "refuse me if you do not know this".
import { createHmac } from 'node:crypto'
import t from 'tap'
import { forge, goodClaims, goodHeader, SECRET, segment } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

const demands: Record<string, Record<string, unknown>> = {
  'an extension that nobody knows': { crit: ['x'], x: 1 },
  'an extension that is not there': { crit: ['x'] },
  'an empty list, which the standard forbids': { crit: [] },
  'a claim, as if it were an extension': { crit: ['exp'], exp: 1 },
  'a parameter of the standard itself': { crit: ['alg'] },
  'an unencoded payload': { crit: ['b64'], b64: false },
  'an encoded payload': { crit: ['b64'], b64: true },
  'b64 that is not marked as critical': { b64: false },
  'b64 of true': { b64: true },
  'b64 of null': { b64: null },
  'a crit of null': { crit: null },
  'a crit of false': { crit: false },
  'a crit that is a text': { crit: 'x' },
  'a crit that is an object': { crit: {} },
  'a crit with something else than names': { crit: [null] },
}
for (const [what, demand] of Object.entries(demands)) {
  t.test(`a well-signed token that demands ${what} is refused`, async (t) => {
    t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, ...demand })), 'critical')
  })
}

t.test('an extension that is not critical may be there', async (t) => {
  t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, x: 1, cty: 'JWT' })), 'accepted')
})

t.test('a payload that was signed without encoding (RFC 7797) is refused', async (t) => {
  const header = segment({ ...goodHeader, b64: false, crit: ['b64'] })
  const payload = segment(goodClaims())
  const signingInput = `${header}.${Buffer.from(payload, 'base64url').toString()}`
  const mac = createHmac('sha256', SECRET).update(signingInput).digest('base64url')
  t.equal(await refusedBy(`${header}.${payload}.${mac}`), 'critical')
  t.equal(await refusedBy(`${header}.$.02.${mac}`), 'form', 'with dots in it')
})
