import t from 'tap'
import { clearCookie, readCookie, setCookie } from '../../../example/http/cookie.ts'
import { httpRefusalOf } from '../../support/refusal.ts'

const named = { name: 'name', secure: true }
const host = { name: '__Host-session', secure: true }

t.test('readCookie()', async (t) => {
  const found: Record<string, [header: string | undefined, value: string | undefined]> = {
    'no header': [undefined, undefined],
    'an empty header': ['', undefined],
    'only other cookies': ['theme=dark; lang=en', undefined],
    'the cookie alone': ['name=value', 'value'],
    'among others': ['theme=dark; name=value; lang=en', 'value'],
    'without spaces between': ['theme=dark;name=value', 'value'],
    'with an = in its value': ['name=a=b', 'a=b'],
    'with no value': ['name=', ''],
    'without an =': ['name', undefined],
    'a name that ends like ours': ['other-name=value', undefined],
    'a name that begins like ours': ['name-of-other=value', undefined],
    'a name in another case': ['NAME=value', undefined],
    'our name inside a value': ['other=x name=value', undefined],
  }
  for (const [what, [header, value]] of Object.entries(found)) {
    t.test(`${what}: ${value === undefined ? 'not there' : `"${value}"`}`, async (t) => {
      t.equal(readCookie(header, named), value)
    })
  }

  t.test('two of one name: 400, since somebody may have planted the second', async (t) => {
    for (const header of ['name=a; name=b', 'name=a; name=a', 'name=a; theme=dark;name=b']) {
      const refusal = httpRefusalOf(() => readCookie(header, named))
      const message = 'Cannot read the cookies: two are called name'
      t.strictSame(refusal, { status: 400, message, headers: {} }, header)
    }
  })
})

t.test('setCookie(): no script, no other site, no plain http, no sub-domain', async (t) => {
  t.equal(
    setCookie(host, 'aaaa.bbbb.cccc', 3600),
    '__Host-session=aaaa.bbbb.cccc; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax',
  )
})

t.test('without secure it says so neither when it is set nor when it is cleared', async (t) => {
  const plain = { name: 'session', secure: false }
  t.equal(setCookie(plain, 'a', 60), 'session=a; Max-Age=60; Path=/; HttpOnly; SameSite=Lax')
  t.equal(clearCookie(plain), 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax')
})

t.test('clearCookie(): gone at once, with the attributes it was set with', async (t) => {
  t.equal(clearCookie(host), '__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax')
})
