// S8 · RFC 7515 §4.1.4, RFC 8725 §3.10: the kid is the attacker's text, whatever it looks like.
import t from 'tap'
import type { Key } from '../../../example/token/key.ts'
import { forge, goodClaims, goodHeader, key, keys, SECRET } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

/** Keys that write down what is asked of them. */
class WatchedKeys extends Map<string, Key> {
  asked: unknown[] = []
  override get(kid: string): Key | undefined {
    this.asked.push(kid)
    return super.get(kid)
  }
}

// biome-ignore format: a line for each kind
const texts = [
  '../../../../dev/null', '/dev/null', '/etc/hostname', '/proc/sys/kernel/randomize_va_space',
  'file:///dev/null', 'C:\\Windows\\win.ini', '.', '..', '~', 'package.json',
  "' OR '1'='1", "x' UNION SELECT 'secret' --", '"; DROP TABLE keys; --', '*)(uid=*', '{"$gt":""}',
  '$(id)', '`id`', '| id', '; id', '%00', '{{7*7}}', '%24{jndi:ldap://127.0.0.1/a}',
  'http://127.0.0.1/keys', 'data:text/plain,secret', 'sessions-1\0', 'sessions-1\n', ' sessions-1',
  'sessions-1%00', 'sessions-1/../sessions-2', 'Sessions-1', 'sessions−1', 'sessions-1 ',
  'sessions-',
  '__proto__', 'constructor', 'toString', 'get', 'size', '0', 'undefined', 'null', '', '*',
  'x'.repeat(5000),
]

for (const kid of texts) {
  t.test(`a kid of ${shown(kid)} is looked up in the Map, and that is all`, async (t) => {
    const watched = new WatchedKeys([[key.kid, key]])
    // The secrets that such tricks hope for: nothing at all, one zero byte, the kid itself. And our own.
    for (const secret of ['', '\0', kid, SECRET]) {
      const token = forge(goodClaims(), { ...goodHeader, kid }, secret)
      t.equal(await refusedBy(token, { keys: watched }), 'key')
    }
    t.strictSame(watched.asked, [kid, kid, kid, kid])
  })
}

const notTexts: unknown[] = [undefined, null, 0, true, [], ['sessions-1'], { toString: 'x' }, {}]
for (const kid of notTexts) {
  t.test(
    `a kid of ${shown(kid)} is refused without a look-up: no key is the default`,
    async (t) => {
      const watched = new WatchedKeys([[key.kid, key]])
      const token = forge(goodClaims(), { ...goodHeader, kid })
      t.equal(await refusedBy(token, { keys: watched }), 'key')
      t.strictSame(watched.asked, [])
    },
  )
}

t.test('without any key nothing is accepted', async (t) => {
  t.equal(await refusedBy(forge(goodClaims()), { keys: new Map() }), 'key')
  t.equal(await refusedBy(forge(goodClaims()), { keys }), 'accepted')
})
