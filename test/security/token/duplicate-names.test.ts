// S10 · RFC 7515 §4, RFC 7519 §4, RFC 8725 §2.6: a name written twice. One reader takes the first,
// another the last, and what was checked is not what is used.
import t from 'tap'
import { forge, goodClaims, goodHeader } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

/** JSON with one member more, in front or behind. */
const inFront = (object: object, member: string) =>
  JSON.stringify(object).replace('{', `{${member},`)
const behind = (object: object, member: string) =>
  JSON.stringify(object).replace(/\}$/, `,${member}}`)

t.test('the way of writing is not at fault: a new name passes', async (t) => {
  t.equal(await refusedBy(forge(inFront(goodClaims(), '"new":1'))), 'accepted')
  t.equal(await refusedBy(forge(behind(goodClaims(), '"new":1'))), 'accepted')
  t.equal(await refusedBy(forge(goodClaims(), behind(goodHeader, '"new":1'))), 'accepted')
})

const claims = goodClaims({ nbf: 1, sid: goodClaims().jti })
for (const [name, own] of Object.entries(claims)) {
  t.test(`${name} written twice in the claims is refused`, async (t) => {
    for (const value of [own, 'eve', null, 9_999_999_999]) {
      const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`
      t.equal(await refusedBy(forge(inFront(claims, member))), 'claims')
      t.equal(await refusedBy(forge(behind(claims, member))), 'claims')
    }
  })
}

for (const [name, own] of Object.entries(goodHeader)) {
  t.test(`${name} written twice in the header is refused`, async (t) => {
    for (const value of [own, 'none', null]) {
      const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`
      t.equal(await refusedBy(forge(goodClaims(), inFront(goodHeader, member))), 'header')
      t.equal(await refusedBy(forge(goodClaims(), behind(goodHeader, member))), 'header')
    }
  })
}

const disguised = {
  'with an escape in the name': '"\\u0073ub":"eve"',
  'with every letter escaped': '"\\u0073\\u0075\\u0062":"eve"',
  'with space before the colon': '"sub" \t\r\n :"eve"',
  'inside an object of their own': '"more":{"a":1,"a":2}',
  'inside a list of their own': '"more":[{"a":1,"a":2}]',
  'deep inside': '"more":[[{"b":[{"a":1,"a":2}]}]]',
}
for (const [what, member] of Object.entries(disguised)) {
  t.test(`names written twice ${what} are refused`, async (t) => {
    t.equal(await refusedBy(forge(inFront(goodClaims(), member))), 'claims')
    t.equal(await refusedBy(forge(behind(goodClaims(), member))), 'claims')
  })
}
