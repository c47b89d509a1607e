// S23 · RFC 7519 §4.1.2 and §4.1.7: a list, an object or ten kilobytes where a name is expected.
// Neither library looks: ["x"] becomes the key `x` of a store.
import t from 'tap'
import { policy, SESSION_ID, sessionToken } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

const wide = { policy: { ...policy, maxLength: 100_000 } }
const notTexts: unknown[] = [null, 0, 1, true, {}, [], { toString: 'ada' }, { length: 3 }]

// biome-ignore format: a line for each kind
const ids: unknown[] = [
  ...notTexts,
  [SESSION_ID], { id: SESSION_ID }, '', ' ', '*', '0', 'null', '__proto__', 'constructor',
  SESSION_ID.toUpperCase(), `{${SESSION_ID}}`, `urn:uuid:${SESSION_ID}`, `"${SESSION_ID}"`,
  ` ${SESSION_ID}`, `${SESSION_ID} `, `${SESSION_ID}\n`, `${SESSION_ID}\0`, `${SESSION_ID}!`,
  SESSION_ID.slice(1), SESSION_ID.slice(0, -1), `${SESSION_ID}0`, `${SESSION_ID}:${SESSION_ID}`,
  SESSION_ID.replaceAll('-', ''), SESSION_ID.replaceAll('-', '_'), SESSION_ID.replace('3', '３'),
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '3f2b8c1e-5d4a-1b6f-9e7c-8a1d2c3b4e5f', // version 1: from the clock and the network card
  '3f2b8c1e-5d4a-7b6f-9e7c-8a1d2c3b4e5f', // version 7: from the clock
  '3f2b8c1e-5d4a-4b6f-ce7c-8a1d2c3b4e5f', // a variant that RFC 9562 does not define
  '3g2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f',
  SESSION_ID.repeat(280), // ten kilobytes
]
for (const id of ids) {
  t.test(`a jti or sid of ${shown(id)} is refused`, async (t) => {
    t.equal(await refusedBy(sessionToken({ jti: id }), wide), 'identifiers')
    t.equal(await refusedBy(sessionToken({ sid: id }), wide), 'identifiers')
  })
}

// biome-ignore format: a line for each kind
const subjects: unknown[] = [
  ...notTexts,
  ['ada'], ['ada', 'eve'], { sub: 'ada' }, '', ' ', '*',
  'ada ', ' ada', 'ada\n', 'ada\0', 'ada\r\nx: y', 'ada eve', 'ada\u2028',
  'a/b', 'a:b', 'a%3Ab', 'a!b', 'a,b', 'a|b', 'a~', 'a#b', 'a\\b', 'a*', 'a?', 'a"', "a'", '<a>',
  '../ada', 'sessions!ada', 'аda', 'adá', 'ada\u200b', '😀', '\ud800',
  'x'.repeat(129), 'x'.repeat(10_240),
]
for (const sub of subjects) {
  t.test(`a subject of ${shown(sub)} is refused`, async (t) => {
    t.equal(await refusedBy(sessionToken({ sub }), wide), 'identifiers')
  })
}

for (const sub of ['ada', 'a', 'ada@mail.example', 'Ada.Lovelace+work_1-2', 'x'.repeat(128)]) {
  t.test(`a subject of ${shown(sub)} is well-formed`, async (t) => {
    t.equal(await refusedBy(sessionToken({ sub })), 'accepted')
  })
}

t.test('without a subject or an id a token is refused; a session id may be left out', async (t) => {
  t.equal(await refusedBy(sessionToken({ sub: undefined })), 'identifiers')
  t.equal(await refusedBy(sessionToken({ jti: undefined })), 'identifiers')
  t.equal(await refusedBy(sessionToken({ sid: undefined })), 'accepted')
})
