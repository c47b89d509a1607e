// S11: nothing reads a claim before the signature has been checked, so nothing is looked up either.
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import {
  forge,
  formType,
  goodClaims,
  goodHeader,
  liveSession,
  segment,
  sessionToken,
  testApp,
} from '../support/fixtures.ts'
import { ask, type RequestParts } from '../support/mock-http.ts'

/** A store that writes down which of its methods were called. */
function spyOn(store: RecordStore): { store: RecordStore; calls: string[] } {
  const calls: string[] = []
  const spy = new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => {
        calls.push(String(name))
        return Reflect.apply(member, target, given)
      }
    },
  })
  return { store: spy, calls }
}

async function callsCausedBy(request: RequestParts): Promise<string[]> {
  const { store, calls } = spyOn(await openStore('memory:'))
  const { app } = await testApp({ store })
  await liveSession(store)
  calls.length = 0
  await ask(app, request)
  return calls
}

const good = sessionToken()
const [header, payload, signature] = good.split('.')

// Each of them names the live session of ada.
const forged: Record<string, string> = {
  'signed with another secret': forge(goodClaims(), goodHeader, 'another secret'),
  'unsigned, alg none': `${segment({ ...goodHeader, alg: 'none' })}.${payload}.`,
  'without its signature': `${header}.${payload}.`,
  'with the signature of another token': `${header}.${segment(goodClaims({ exp: 1 }))}.${signature}`,
  'expired, though signed': sessionToken({ iat: 1, exp: 2 }),
  'for another audience, though signed': sessionToken({ aud: 'another' }),
}

const doors: Record<string, (token: string) => RequestParts> = {
  'GET /private': (token) => ({ url: '/private', headers: { authorization: `Bearer ${token}` } }),
  'GET /home': (token) => ({ url: '/home', headers: { cookie: `session=${token}` } }),
  'POST /logout': (token) => ({
    method: 'POST',
    url: '/logout',
    headers: { authorization: `Bearer ${token}` },
  }),
  'GET /inspect': (token) => ({ url: '/inspect', headers: { cookie: `session=${token}` } }),
  'POST /inspect': (token) => ({
    method: 'POST',
    url: '/inspect',
    headers: formType,
    body: `token=${token}`,
  }),
}

for (const [door, knock] of Object.entries(doors)) {
  t.test(door, async (t) => {
    for (const [what, token] of Object.entries(forged))
      t.strictSame(await callsCausedBy(knock(token)), [], `a token ${what}: the store is not asked`)
    t.not((await callsCausedBy(knock(good))).length, 0, 'the good token: the spy sees the look-up')
  })
}
