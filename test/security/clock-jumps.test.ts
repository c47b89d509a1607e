// S122: a clock may be set back or ahead. What has ended stays ended as far as the records say, and
// no session lasts longer than it was meant to.
import t from 'tap'
import type { Handler } from '../../example/http/types.ts'
import { NOW, signInTo, testApp } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const lifetime = 3600
const environment = { SESSION_LIFETIME: '1h' }

async function start(t: Tap) {
  const clock = { now: NOW }
  const { app, store, events } = await testApp({ environment, now: () => clock.now })
  const token = await signInTo(app)
  t.equal(await statusWith(app, token), 200)
  return { clock, app, store, events, token }
}

type Tap = Pick<typeof t, 'equal'>

async function statusWith(app: Handler, token: string, url = '/private'): Promise<number> {
  return (await ask(app, { url, headers: { authorization: `Bearer ${token}` } })).status
}

t.test('to the second: accepted in the last second, refused in the next', async (t) => {
  const { clock, app, token } = await start(t)
  clock.now = NOW + lifetime - 1
  t.equal(await statusWith(app, token), 200)
  clock.now = NOW + lifetime
  t.equal(await statusWith(app, token), 401, 'though it was proven a second ago')
})

t.test('a clock that jumps ahead ends sessions early, and none late', async (t) => {
  const { clock, app, token } = await start(t)
  clock.now = NOW + 1_000_000_000
  t.equal(await statusWith(app, token), 401)
})

t.test('an expired record that was swept stays gone when the clock goes back', async (t) => {
  const { clock, app, store, token } = await start(t)
  clock.now = NOW + lifetime
  await store.sweep(clock.now)
  clock.now = NOW + lifetime - 1800
  t.equal(await statusWith(app, token), 401)
})

t.test('a session that was signed out stays so in every second, past or to come', async (t) => {
  const { clock, app, token } = await start(t)
  clock.now = NOW + 10
  t.equal(await statusWith(app, token, '/logout'), 200)
  for (const second of [NOW, NOW + 9, NOW + 11, NOW + lifetime - 1, NOW + lifetime]) {
    clock.now = second
    t.equal(await statusWith(app, token), 401)
  }
})

t.test('before the second in which a token was issued it is refused', async (t) => {
  const { clock, app, events, token } = await start(t)
  clock.now = NOW - 1
  t.equal(await statusWith(app, token), 401)
  t.equal(events.at(-1)?.fields.reason, 'issued-at')
  clock.now = NOW
  t.equal(await statusWith(app, token), 200, 'and when the clock is right again it works')
})

t.test('a sign-in while the clock was a day ahead does not last a day longer', async (t) => {
  const { clock, app } = await start(t)
  clock.now = NOW + 86_400
  const token = await signInTo(app)
  clock.now = NOW + 60
  t.equal(await statusWith(app, token), 401, 'set right again: the token is from the future')
  clock.now = NOW + 86_400 + lifetime
  t.equal(await statusWith(app, token), 401, 'and it ends when it says')
})

t.test('a sign-in while the clock was back ends when it says, too', async (t) => {
  const { clock, app } = await start(t)
  clock.now = NOW - 7200
  const token = await signInTo(app)
  t.equal(await statusWith(app, token), 200)
  clock.now = NOW
  t.equal(await statusWith(app, token), 401)
})
