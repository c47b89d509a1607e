// A refresh token is good for one use. Others left three holes: a theft ended one token, not the family; a grace forked a second
// chain; an older token passed inside the grace.
import t from 'tap'
import { call, member, refresh, testAccounts } from '../../support/accounts.ts'

async function ada() {
  const server = await testAccounts()
  return { server, first: await member(server) }
}

t.test('each use brings a successor, and the one before is retired', async (t) => {
  const { server, first } = await ada()
  const second = await refresh(server, first.refresh_token)
  t.equal(second.status, 200)
  t.not(second.refresh_token, first.refresh_token)
  server.clock.now += 11
  t.equal((await refresh(server, first.refresh_token)).status, 401)
})

t.test(
  'a retired token ends the whole family: the newest refresh token and all access tokens',
  async (t) => {
    const { server, first } = await ada()
    const second = await refresh(server, first.refresh_token)
    const third = await refresh(server, second.refresh_token)
    t.equal((await call(server, 'GET /welcome', { token: third.access_token })).status, 200)
    t.equal((await refresh(server, first.refresh_token)).status, 401, 'an older generation')
    for (const token of [first, second, third].map(({ access_token }) => access_token))
      t.equal((await call(server, 'GET /welcome', { token })).status, 401)
    t.equal((await refresh(server, third.refresh_token)).status, 401)
    const alarms = server.events.filter(({ event }) => event === 'refresh token reused')
    t.hasStrict(alarms, [{ level: 'warn', fields: { user: 'ada' } }])
  },
)

t.test('within the grace the predecessor brings the same successor, to the byte', async (t) => {
  const { server, first } = await ada()
  const second = await refresh(server, first.refresh_token)
  server.clock.now += 9
  const again = await refresh(server, first.refresh_token)
  t.equal(again.status, 200)
  t.equal(again.refresh_token, second.refresh_token)
})

t.test('an older generation does not pass inside the grace', async (t) => {
  const { server, first } = await ada()
  const second = await refresh(server, first.refresh_token)
  await refresh(server, second.refresh_token)
  t.equal((await refresh(server, first.refresh_token)).status, 401)
})

t.test('the grace forks no second chain', async (t) => {
  const { server, first } = await ada()
  const second = await refresh(server, first.refresh_token)
  const again = await refresh(server, first.refresh_token)
  const third = await refresh(server, second.refresh_token)
  const fourth = await refresh(server, again.refresh_token)
  t.equal(fourth.refresh_token, third.refresh_token, 'both are the same one')
})

t.test('three tabs that refresh at once stay signed in', async (t) => {
  const { server, first } = await ada()
  const tabs = await Promise.all([1, 2, 3].map(() => refresh(server, first.refresh_token)))
  t.strictSame(
    tabs.map(({ status }) => status),
    [200, 200, 200],
  )
  t.equal(new Set(tabs.map(({ refresh_token }) => refresh_token)).size, 1)
})

t.test('a grace of 0 is strict', async (t) => {
  const server = await testAccounts({ environment: { REFRESH_GRACE: '0' } })
  const { refresh_token } = await member(server)
  t.equal((await refresh(server, refresh_token)).status, 200)
  t.equal((await refresh(server, refresh_token)).status, 401)
})
