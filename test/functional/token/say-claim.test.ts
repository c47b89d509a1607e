import t from 'tap'
import { sayClaim, sayTime } from '../../../example/token/say-claim.ts'
import { NOW } from '../../support/fixtures.ts'

t.test('sayClaim()', async (t) => {
  t.test('says what a registered claim means, and where that is written', async (t) => {
    t.strictSame(sayClaim('sub', 'ada', NOW), {
      name: 'sub',
      meaning: 'Subject: who it is about',
      rfc: 'RFC 7519 §4.1.2',
      value: 'ada',
      inWords: undefined,
    })
  })

  t.test('puts the three times into words', async (t) => {
    for (const name of ['exp', 'nbf', 'iat'])
      t.equal(sayClaim(name, NOW, NOW).inWords, 'Wed, 18 May 2033 03:33:20 GMT, now', name)
    t.equal(sayClaim('level', NOW, NOW).inWords, undefined, 'a number that is no time')
  })

  const values: Array<[what: string, value: unknown, text: string]> = [
    ['a list', ['a', 'b'], '["a","b"]'],
    ['an object', { a: 1 }, '{"a":1}'],
    ['markup, which a page must escape', '<b>', '<b>'],
    ['a time as text', '2000000000', '2000000000'],
    ['nothing', null, 'null'],
  ]
  for (const [what, value, text] of values)
    t.test(`shows ${what} as it stands`, async (t) => {
      t.equal(sayClaim('sub', value, NOW).value, text)
    })

  t.test('shows a number as it is written, where that is given', async (t) => {
    t.equal(sayClaim('id', 9007199254740992, NOW, '9007199254740993').value, '9007199254740993')
    t.equal(sayClaim('sub', 'ada', NOW, '"ada"').value, 'ada')
  })

  for (const name of ['role', 'constructor', 'toString', '__proto__'])
    t.test(`"${name}" is no registered claim`, async (t) => {
      t.match(sayClaim(name, 'x', NOW), { name, rfc: /^RFC 7519 §4\.2, §4\.3$/ })
    })
})

t.test('sayTime()', async (t) => {
  const times: Array<[what: string, value: unknown, words: string | undefined]> = [
    ['a time to come', NOW + 3600, 'Wed, 18 May 2033 04:33:20 GMT, in 1 hour'],
    ['a time that is over', NOW - 30, 'Wed, 18 May 2033 03:32:50 GMT, 30 seconds ago'],
    ['a time long ago', 0, 'Thu, 01 Jan 1970 00:00:00 GMT, 23148 days 3 hours ago'],
    [
      'a time in milliseconds',
      2e12,
      'Sat, 24 Jun 65347 03:33:20 GMT, in 23125000 days. It looks like milliseconds, where seconds belong: those of Wed, 18 May 2033 03:33:20 GMT',
    ],
    [
      'the last of all dates',
      8.64e12,
      'Sat, 13 Sep 275760 00:00:00 GMT, in 99976851 days 20 hours',
    ],
    ['a time beyond all dates', 9e15, undefined],
    ['a time before all dates', -9e15, undefined],
    ['half a second', NOW + 60.5, 'Wed, 18 May 2033 03:34:20 GMT, in 1 minute'],
    ['less than a second to come', NOW + 0.5, 'Wed, 18 May 2033 03:33:20 GMT, now'],
    ['no number that JavaScript holds', Number.POSITIVE_INFINITY, undefined],
    ['a time as text', '2000000000', undefined],
    ['no time', null, undefined],
  ]
  for (const [what, value, words] of times)
    t.test(`of ${what}`, async (t) => t.equal(sayTime(value, NOW), words))
})
