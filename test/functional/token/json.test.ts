import t from 'tap'
import { isJsonObject, parseJsonObject } from '../../../example/token/json.ts'

const parse = (text: string) => parseJsonObject(Buffer.from(text))

t.test('parseJsonObject()', async (t) => {
  const read: Record<string, [text: string, value: unknown]> = {
    'an empty object': ['{}', {}],
    'numbers, texts, true, false and null': [
      '{"a":1.5,"b":"x","c":true,"d":false,"e":null}',
      { a: 1.5, b: 'x', c: true, d: false, e: null },
    ],
    'lists and objects inside': [
      '{"a":[1,{"b":[]}],"c":{"d":{}}}',
      { a: [1, { b: [] }], c: { d: {} } },
    ],
    'white space between all signs': [' {\r\n\t"a" : [ 1 , 2 ] }\n', { a: [1, 2] }],
    'one name at two depths': ['{"a":{"a":{"a":1}}}', { a: { a: { a: 1 } } }],
    'one name in two objects of a list': ['{"a":[{"b":1},{"b":2}]}', { a: [{ b: 1 }, { b: 2 }] }],
    'names that differ in case': ['{"alg":1,"ALG":2}', { alg: 1, ALG: 2 }],
    'a text that looks like a name': ['{"a":"\\"b\\":","c":"d:"}', { a: '"b":', c: 'd:' }],
    'a text that ends in a backslash': ['{"a":"\\\\","b":":"}', { a: '\\', b: ':' }],
    'an empty name': ['{"":1}', { '': 1 }],
    'letters of every script': ['{"naïve":"Ωλ日本😀"}', { naïve: 'Ωλ日本😀' }],
  }
  for (const [what, [text, value]] of Object.entries(read)) {
    t.test(`reads ${what}`, async (t) => {
      t.strictSame(parse(text), value)
    })
  }

  const refused: Record<string, string> = {
    nothing: '',
    null: 'null',
    true: 'true',
    'a number': '5',
    'a text': '"{}"',
    'a list': '[]',
    'a list with an object': '[{}]',
    'half an object': '{"a":1',
    'two objects': '{}{}',
    'a comma at the end': '{"a":1,}',
    'a comment': '{"a":1/**/}',
    'single quotes': "{'a':1}",
    'NaN, which is no JSON': '{"a":NaN}',
    'a byte order mark': '\uFEFF{"a":1}',
    'a name written twice': '{"a":1,"a":2}',
    'a name written twice with one value': '{"a":1,"a":1}',
    'a name written twice, once with an escape': '{"alg":1,"\\u0061lg":2}',
    'a name written twice, with a space before the colon': '{"a":1,"a" \n:2}',
    'a name written twice inside': '{"a":{"b":1,"b":2}}',
    'a name written twice inside a list': '{"a":[0,{"b":1,"b":2}]}',
    'an empty name written twice': '{"":1,"":2}',
    'a hidden `__proto__` written twice': '{"__proto__":1,"__proto__":2}',
  }
  for (const [what, text] of Object.entries(refused)) {
    t.test(`refuses ${what}`, async (t) => {
      t.equal(parse(text), undefined)
    })
  }

  t.test('refuses bytes that are not UTF-8', async (t) => {
    const quoted = (...bytes: number[]) =>
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')])
    t.strictSame(parseJsonObject(quoted(0xc3, 0xa9)), { a: 'é' }, 'the frame itself is good')
    t.equal(parseJsonObject(quoted(0xff)), undefined, 'a byte that never occurs')
    t.equal(parseJsonObject(quoted(0xc3)), undefined, 'half a letter')
    t.equal(parseJsonObject(quoted(0xc0, 0xa2)), undefined, 'a quote in an over-long spelling')
    t.equal(parseJsonObject(quoted(0xed, 0xa0, 0x80)), undefined, 'half of a surrogate pair')
    t.equal(parseJsonObject(Buffer.from('{"a":1}', 'utf16le')), undefined, 'UTF-16')
  })

  t.test('takes `__proto__` as a name like others, which nothing inherits', async (t) => {
    const value = parse('{"__proto__":{"sub":"eve"}}')
    t.strictSame(Object.keys(value ?? {}), ['__proto__'])
    t.equal(value?.sub, undefined)
  })
})

t.test('isJsonObject()', async (t) => {
  t.equal(isJsonObject({}), true)
  for (const other of [null, undefined, [], 'x', 5, true]) t.equal(isJsonObject(other), false)
})

t.test('parseJsonObject() and depth', async (t) => {
  const nested = (depth: number) => Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
  const lists = (depth: number) => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
  t.ok(parseJsonObject(nested(32)), 'thirty-two levels are read')
  t.ok(parseJsonObject(lists(31)))
  t.equal(parseJsonObject(nested(33)), undefined, 'one more is not')
  t.equal(parseJsonObject(lists(32)), undefined)
  t.equal(parseJsonObject(nested(5000)), undefined)
})
