import t from 'tap'
import { inspectToken } from '../../../example/server/inspection.ts'
import { forge, goodHeader, keys, NOW, policy, segment } from '../../support/fixtures.ts'

// Anybody may paste anything: the inspector takes it apart as far as it goes, and never breaks.

const look = () => Promise.reject(new Error('The store was asked'))
const inspect = (token: string) => inspectToken(token, { keys, policy, now: NOW, look })

t.test('what is not a token does not come apart', async (t) => {
  const texts = {
    'nothing at all': '',
    'a sentence': 'this is no token',
    'one segment': segment(goodHeader),
    'two segments': `${segment(goodHeader)}.${segment({})}`,
    'four segments': `${forge({})}.x`,
    dots: '...',
    'ten thousand dots': '.'.repeat(10_000),
    'more characters than a token may have': forge({ pad: 'x'.repeat(8000) }),
  }
  for (const [what, token] of Object.entries(texts)) {
    t.test(what, async (t) => {
      const { decoded, verdict, session } = await inspect(token)
      t.same([decoded, session], [undefined, undefined])
      t.match(verdict, /^This token is refused/)
    })
  }
})

t.test('three segments come apart, and each part is shown that can be read', async (t) => {
  const json = { header: JSON.stringify(goodHeader, null, 2), payload: '{}' }
  const texts: Array<[what: string, token: string, header?: string | undefined, payload?: string]> =
    [
      ['a payload of null', forge('null'), json.header],
      ['a payload of plain text', forge('hello'), json.header],
      ['a payload with a name written twice', forge('{"sub":"ada","sub":"bob"}'), json.header],
      [
        'a payload that is nested deeply',
        forge(`{"a":${'['.repeat(99)}${']'.repeat(99)}}`),
        json.header,
      ],
      ['a header that is a list', forge({}, '[]'), undefined, json.payload],
      ['other alphabets', 'ключ.ключ.ключ'],
    ]
  for (const [what, token, header, payload] of texts) {
    t.test(what, async (t) => {
      const { decoded, verdict } = await inspect(token)
      t.same([decoded?.header.json, decoded?.payload.json], [header, payload])
      t.equal(`${decoded?.header.raw}.${decoded?.payload.raw}.${decoded?.signature.raw}`, token)
      t.match(verdict, /^This token is refused/)
    })
  }
})

t.test('the claims are shown as they stand: the page escapes them', async (t) => {
  const page = await inspect(forge({ sub: '<b>', constructor: ['x'], exp: 9e15 }))
  t.hasStrict(page.claims, [
    { name: 'sub', value: '<b>' },
    { name: 'constructor', value: '["x"]', rfc: 'RFC 7519 §4.2, §4.3' },
    { name: 'exp', value: '9000000000000000', inWords: undefined },
  ])
})
