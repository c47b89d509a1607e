import t from 'tap'
import { LevelStore } from '../../example/store/level/store.ts'
import { NOW } from '../support/fixtures.ts'

// S115. A key of the store is built from texts that came with a request: a user's name, a token's
// id. One that holds a separator would reach into another user's records, one that ends a range
// would list them all. So a part that is not in the grammar is refused before the store is asked.

const hostile = {
  'the separator': 'ada:session',
  'the separator, percent-encoded': 'ada%3Asession',
  'the end of a range': 'ada;',
  'the highest character': 'ada\u{10ffff}',
  'a NUL': 'ada\0',
  'a line break': 'ada\n',
  'a path': '../../etc/passwd',
  'a wildcard': 'ada*',
  "Redis Cluster's hash tag": '{ada}',
  'a command': 'ada\r\nFLUSHALL\r\n',
  'a letter that looks like another': 'аda',
  nothing: '',
  'a megabyte': 'a'.repeat(1_048_576),
}

// What a careless caller could hand over from parsed JSON.
const notEvenText = {
  'a list': ['ada:x'],
  'an object with a toString': { toString: () => 'ada:x' },
}

/** A store whose database must not be touched: every method of it ends the test. */
function untouchable() {
  const asked: string[] = []
  const database = new Proxy({} as ConstructorParameters<typeof LevelStore>[0], {
    get: (_target, name) => () => {
      asked.push(String(name))
      throw new Error('The database was asked')
    },
  })
  return { store: new LevelStore(database), asked }
}

const key = { kind: 'session', owner: 'ada', id: '1' }

for (const [what, part] of Object.entries({ ...hostile, ...notEvenText })) {
  t.test(`${what}: refused as owner and as id, and the database is not asked`, async (t) => {
    for (const replaced of [{ owner: part as string }, { id: part as string }]) {
      const { store, asked } = untouchable()
      const bad = { ...key, ...replaced }
      const attempts: Array<() => Promise<unknown>> = [
        () => store.get(bad),
        () => store.insert(bad, 'value', NOW),
        () => store.replace(bad, 'value', 'other'),
        () => store.remove(bad),
      ]
      if ('owner' in replaced) attempts.push(() => store.list('session', bad.owner).next())
      for (const attempt of attempts)
        t.ok((await attempt().catch((error: unknown) => error)) instanceof TypeError)
      t.strictSame(asked, [])
    }
  })
}

t.test('a key that is in the grammar does reach the database', async (t) => {
  const { store, asked } = untouchable()
  await store.get(key).catch(() => {})
  t.strictSame(asked, ['getSync'])
})
