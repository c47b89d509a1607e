import t from 'tap'
import { createClient, SignInNeeded } from '../../../example/client/client.ts'
import { sharedStore } from '../../../example/client/shared-store.ts'
import { PASSWORD } from '../../support/accounts.ts'
import { issuerApiAndClient } from '../../support/client.ts'
import { user } from '../../support/issuer.ts'

/** What tabs of one origin share: a storage, and locks that are held by one of them at a time. */
function origin() {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }
  const queues = new Map<string, Promise<unknown>>()
  const locks = {
    request(name: string, work: () => Promise<unknown>): Promise<unknown> {
      const mine = (queues.get(name) ?? Promise.resolve()).then(work)
      queues.set(
        name,
        mine.catch(() => {}),
      )
      return mine
    },
  }
  return { kept, store: () => sharedStore({ storage, locks }) }
}

t.test('tabs that share a sign-in', async (t) => {
  const { server, shop, issuer, given } = await issuerApiAndClient(t)
  await user(server, shop, 'bob')
  const { kept, store } = origin()
  const one = createClient({ ...given, store: store() })
  const two = createClient({ ...given, store: store() })

  await one.login('ada', PASSWORD)
  t.same(await two.get('/hello'), { hello: 'ada' }, 'one signs in, and both are')

  server.clock.now += 1000
  const before = issuer.count('/token/access')
  const calls = Array.from({ length: 20 }, () => [one.get('/hello'), two.get('/hello')]).flat()
  t.same(new Set((await Promise.all(calls)).map((a) => Object(a).hello)), new Set(['ada']))
  t.equal(issuer.count('/token/access'), before + 1, 'both have one refresh between them')

  await two.login('bob', PASSWORD)
  t.same(await one.get('/hello'), { hello: 'bob' })

  await one.logout()
  await t.rejects(two.get('/hello'), SignInNeeded)
  t.equal(kept.size, 0)
})
