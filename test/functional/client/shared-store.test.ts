import t from 'tap'
import { createClient, type SignIn, SignInNeeded } from '../../../example/client/client.ts'
import { sharedStore } from '../../../example/client/shared-store.ts'
import { PASSWORD } from '../../support/accounts.ts'
import { issuerApiAndClient } from '../../support/client.ts'
import { user } from '../../support/issuer.ts'

/** What IndexedDB says of a request: later, and by an event. */
function answered<Result>(result: Result, ...events: string[]) {
  const addEventListener = (type: string, then: () => void) => {
    if (events.includes(type)) setImmediate(then)
  }
  return { result, error: new Error('The disk is full'), addEventListener }
}

/** What tabs of one origin share: a database, and locks that are held by one of them at a time. */
function origin() {
  const kept = new Map<string, SignIn>()
  const made = new Set<string>()
  const disk = { isFull: false }
  const reading = { get: (name: string) => answered(kept.get(name), 'success') }
  const writing = {
    ...reading,
    put: (signIn: SignIn, name: string) => answered(kept.set(name, signIn), 'success'),
    delete: (name: string) => answered(kept.delete(name), 'success'),
  }
  const database = {
    createObjectStore: (name: string) => made.add(name),
    transaction(name: string, mode: string) {
      if (!made.has(name)) throw new Error('There is no such object store')
      return {
        ...answered(undefined, disk.isFull ? 'abort' : 'complete'),
        objectStore: () => (mode === 'readwrite' ? writing : reading) as typeof writing,
      }
    },
  }
  const opened: string[] = []
  const databases = {
    open(name: string) {
      opened.push(name)
      return answered(database, 'success', ...(made.has(name) ? [] : ['upgradeneeded']))
    },
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
  return { kept, disk, opened, databases, store: () => sharedStore({ databases, locks }) }
}

t.test('tabs that share a sign-in', async (t) => {
  const { server, shop, issuer, given } = await issuerApiAndClient(t)
  await user(server, shop, 'bob')
  const { kept, opened, store } = origin()
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
  t.equal(opened.length, 2, 'each tab has opened it once')
})

t.test('a store that cannot be read is an error, and no sign-out', async (t) => {
  const { given } = await issuerApiAndClient(t)
  const { databases, store } = origin()
  const { open } = databases
  const { get } = createClient({ ...given, store: store() })
  databases.open = () => answered(undefined as never, 'error')
  await t.rejects(get('/hello'), { message: 'The disk is full' })
  databases.open = open
  await t.rejects(get('/hello'), SignInNeeded, 'the next call opens it again')
})

t.test('a sign-out that is not committed fails, and ends the sign-in all the same', async (t) => {
  const { given, issuer } = await issuerApiAndClient(t)
  const { disk, store } = origin()
  const client = createClient({ ...given, store: store() })
  await client.login('ada', PASSWORD)
  disk.isFull = true
  await t.rejects(client.logout(), { message: 'The disk is full' })
  t.equal(issuer.count('/token/revoke'), 1)
  await t.rejects(client.login('ada', PASSWORD), { message: 'The disk is full' })
})
