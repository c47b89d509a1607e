// S1 S2 · RFC 7519 §6, RFC 8725 §2.1 and §3.2: unsecured tokens, which anybody can write.
import t from 'tap'
import type { Algorithm } from '../../../example/token/algorithms.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  policy,
  segment,
  sessionToken,
} from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

const spellings = ['none', 'None', 'NONE', 'nOnE', 'noNE', ' none', 'none\0', 'ｎｏｎｅ']
const [, payload, signature] = sessionToken().split('.')

for (const alg of spellings) {
  const header = segment({ ...goodHeader, alg })

  t.test(`a token that says alg ${shown(alg)} is refused`, async (t) => {
    t.equal(await refusedBy(`${header}.${payload}.`), 'algorithm', 'with an empty signature')
    t.equal(await refusedBy(`${header}.${payload}`), 'form', 'without a signature')
    t.equal(await refusedBy(`${header}.${payload}.${signature}`), 'algorithm', 'with an old one')
    t.equal(await refusedBy(`${header}.${payload}.AA`), 'algorithm', 'with one byte')
    t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, alg })), 'algorithm', 'with a MAC')
  })
}

t.test('the unsecured token of RFC 7519 §6.1 is refused', async (t) => {
  const published =
    'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.'
  t.equal(await refusedBy(published), 'type', 'as it is no session token either')
  const ofOurType = segment({ alg: 'none', typ: policy.type })
  t.equal(await refusedBy(published.replace(/^[^.]+/, ofOurType)), 'algorithm')
})

t.test('a signed token whose signature was cut off is refused', async (t) => {
  const header = segment(goodHeader)
  t.equal(await refusedBy(`${header}.${payload}.`), 'signature')
  t.equal(await refusedBy(`${header}.${payload}`), 'form')
  t.equal(await refusedBy(`${header}.${payload}.${segment('0')}`), 'signature')
})

t.test('a MAC made with an empty password is refused', async (t) => {
  t.equal(await refusedBy(forge(goodClaims(), goodHeader, '')), 'signature')
})

t.test('a policy that names `none` by mistake accepts nothing', async (t) => {
  const careless = { policy: { ...policy, algorithms: ['none' as Algorithm] } }
  const header = segment({ ...goodHeader, alg: 'none' })
  t.equal(await refusedBy(`${header}.${payload}.`, careless), 'key')
  t.equal(await refusedBy(`${header}.${payload}.${signature}`, careless), 'key', 'no key is for it')
})
