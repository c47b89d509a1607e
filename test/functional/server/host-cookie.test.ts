import t from 'tap'
import { hostCookie } from '../../../example/server/host-cookie.ts'

t.test('the cookie has the prefix that binds it to this host (RFC 6265bis §4.1.3.2)', async (t) => {
  const bound = { name: '__Host-session', secure: true }
  for (const server of [
    { teaching: false, publicOrigin: undefined },
    { teaching: false, publicOrigin: 'https://jwt.example' },
    { teaching: true, publicOrigin: 'https://localhost:1337' },
  ])
    t.strictSame(hostCookie('session', server), bound)
})

t.test('but a practice server over plain http has a cookie that Safari keeps, too', async (t) => {
  const plain = { name: 'session', secure: false }
  t.strictSame(hostCookie('session', { teaching: true, publicOrigin: undefined }), plain)
  t.strictSame(hostCookie('session', { teaching: true, publicOrigin: 'http://localhost:1' }), plain)
})
