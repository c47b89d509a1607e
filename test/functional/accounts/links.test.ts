import t from 'tap'
import { inNewEpoch, type User } from '../../../example/accounts/user.ts'
import { linkFor, member, signUp, testAccounts } from '../../support/accounts.ts'
import { NOW } from '../../support/fixtures.ts'

const asVerified = (user: User) => ({ ...user, verified: true })

async function ada(purpose: 'verify-email' | 'reset-password' = 'verify-email') {
  const server = await testAccounts()
  await member(server)
  return { server, links: server.links, token: await linkFor(server, purpose) }
}

t.test('a link can be looked at as often as one likes, and used once', async (t) => {
  const { server, links, token } = await ada()
  for (let n = 0; n < 3; n += 1) t.equal((await links.find(token, 'verify-email'))?.id, 'ada')
  t.equal((await links.use(token, 'verify-email', asVerified))?.verified, true)
  t.equal((await server.users.find('ada'))?.verified, true)
  t.equal(await links.find(token, 'verify-email'), undefined)
  t.equal(await links.use(token, 'verify-email', asVerified), undefined)
})

t.test('of fifty who use it at once, one does', async (t) => {
  const { links, token } = await ada()
  const used = await Promise.all(
    Array.from({ length: 50 }, () => links.use(token, 'verify-email', asVerified)),
  )
  t.equal(used.filter((user) => user !== undefined).length, 1)
})

t.test('it is good for fifteen minutes', async (t) => {
  const { server, links, token } = await ada()
  server.clock.now = NOW + 899
  t.ok(await links.find(token, 'verify-email'))
  server.clock.now = NOW + 900
  t.equal(await links.find(token, 'verify-email'), undefined)
  t.equal(await server.store.sweep(NOW + 900), 1, 'and its record goes with it')
})

t.test('it is for one purpose: what the record says counts, too', async (t) => {
  const { server, links, token } = await ada()
  t.equal(await links.find(token, 'reset-password'), undefined)
  t.equal(await links.use(token, 'reset-password', asVerified), undefined)
  const { jti: id } = await server.tokens.verify.link(token, NOW)
  const link = { id, subject: 'ada', epoch: '', purpose: 'reset-password' } as const
  const swapped = await server.tokens.link(link, NOW)
  t.equal(await links.use(swapped, 'reset-password', asVerified), undefined)
  t.ok(await links.find(token, 'verify-email'), 'and nothing was used up')
})

const endings: Record<string, (user: User) => User> = {
  'a new epoch, such as a new password brings,': inNewEpoch,
  'a switched-off account': (user) => ({ ...user, enabled: false }),
}
for (const [what, change] of Object.entries(endings))
  t.test(`${what} makes it useless`, async (t) => {
    const { server, links, token } = await ada('reset-password')
    await server.users.change('ada', change)
    t.equal(await links.find(token, 'reset-password'), undefined)
    t.equal(await links.use(token, 'reset-password', asVerified), undefined)
  })

t.test('who takes the name of a user who is gone is somebody else', async (t) => {
  const { server, links, token } = await ada()
  await server.users.remove('ada')
  t.equal(await links.find(token, 'verify-email'), undefined)
  await signUp(server)
  t.equal(await links.find(token, 'verify-email'), undefined)
})

t.test('what changes between the look and the write counts', async (t) => {
  const { server, links, token } = await ada()
  const { store } = server
  const { remove } = store
  store.remove = async (...given) => {
    await server.users.change('ada', inNewEpoch)
    return await remove.apply(store, given)
  }
  t.equal(await links.use(token, 'verify-email', asVerified), undefined)
  t.equal((await server.users.find('ada'))?.verified, false)
})

t.test('a record that is lost or damaged refuses; why is in the log alone', async (t) => {
  const { server, links, token } = await ada()
  const { jti: id } = await server.tokens.verify.link(token, NOW)
  const key = { kind: 'link', owner: 'ada', id }
  const text = String(await server.store.get(key))
  await server.store.replace(key, text, '{}')
  t.equal(await links.find(token, 'verify-email'), undefined)
  await server.store.remove(key)
  t.equal(await links.find(token, 'verify-email'), undefined)
  t.equal(await links.find('no.token.atall', 'verify-email'), undefined)
  const reasons = server.events.filter(({ event }) => event === 'link refused')
  t.strictSame(
    reasons.map(({ fields }) => fields.reason),
    ['damaged-record', 'no-live-link', 'form'],
  )
})

t.test('a store that cannot say is neither yes nor no', async (t) => {
  const { server, links, token } = await ada()
  const lost = new Error('the store is gone')
  server.store.remove = async () => {
    throw lost
  }
  await t.rejects(links.use(token, 'verify-email', asVerified), lost)
  t.equal((await server.users.find('ada'))?.verified, false, 'the link first, then what it is for')
  server.store.insert = async () => false
  await t.rejects(linkFor(server, 'verify-email'), { message: /its random id is taken/ })
})

t.test('its record holds no token, and the audit no whole one', async (t) => {
  const { server, links, token } = await ada()
  await links.use(token, 'verify-email', asVerified)
  t.strictSame(server.events, [
    { level: 'info', event: 'link used', fields: { user: 'ada', purpose: 'verify-email' } },
  ])
})
