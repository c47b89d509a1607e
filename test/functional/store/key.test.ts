import t from 'tap'
import { keyText, ownerPrefix } from '../../../example/store/key.ts'
import { messageOf } from '../../support/refusal.ts'

const key = { kind: 'session', owner: 'ada', id: '1' }

t.test('keyText() is kind, owner and id', async (t) => {
  t.equal(keyText(key), 'session:ada:1')
})

t.test('ownerPrefix() is what the keys of one owner begin with, to the separator', async (t) => {
  t.equal(ownerPrefix('session', 'ada'), 'session:ada:')
  t.ok(keyText(key).startsWith(ownerPrefix('session', 'ada')))
  t.notOk(keyText({ ...key, owner: 'adam' }).startsWith(ownerPrefix('session', 'ada')))
})

t.test('owner and id may have', async (t) => {
  for (const part of ['a', 'Z', '0', '.', '_', '@', '+', '-', 'ada@example.org', 'x'.repeat(128)]) {
    t.test(part.length > 20 ? `${part.length} characters` : `"${part}"`, async (t) => {
      t.equal(keyText({ ...key, owner: part, id: part }), `session:${part}:${part}`)
    })
  }
})

t.test('owner and id may not have', async (t) => {
  const parts = ['', ':', ';', ' ', '/', '\\', '{', '}', '*', '%', '\0', '\n', 'a\n', 'é', '😀']
  for (const part of [...parts, 'x'.repeat(129)]) {
    t.test(part.length > 20 ? `${part.length} characters` : JSON.stringify(part), async (t) => {
      t.equal(
        messageOf(keyText, { ...key, id: part }),
        'Cannot use the record key: its id is malformed',
      )
      for (const work of [
        () => keyText({ ...key, owner: part }),
        () => ownerPrefix('session', part),
      ])
        t.equal(messageOf(work), 'Cannot use the record key: its owner is malformed')
    })
  }
})

t.test('a kind is a short word in small letters', async (t) => {
  for (const kind of ['s', 'session', 'refresh-token', 'v2', 'k'.repeat(32)])
    t.equal(ownerPrefix(kind, 'ada'), `${kind}:ada:`)
  for (const kind of ['', 'S', '2v', '-s', 's:', 's_s', 's.s', 's\n', 'k'.repeat(33)]) {
    t.equal(
      messageOf(ownerPrefix, kind, 'ada'),
      'Cannot use the record key: its kind is malformed',
      JSON.stringify(kind),
    )
  }
})
