import t from 'tap'
import { indentWritten, writtenMembers } from '../../../example/token/written.ts'

t.test('writtenMembers() keeps what JSON.parse would lose', async (t) => {
  const written: Record<string, Array<[string, string]>> = {
    '{}': [],
    '{"a":9007199254740993}': [['a', '9007199254740993']],
    '{"a":1e999}': [['a', '1e999']],
    '{"a": 1, "a": 2}': [
      ['a', '1'],
      ['a', '2'],
    ],
    '{"a":{"b":[1,{"c":2}]},"d":"x,}\\""}': [
      ['a', '{"b":[1,{"c":2}]}'],
      ['d', '"x,}\\""'],
    ],
  }
  for (const [text, members] of Object.entries(written))
    t.strictSame(writtenMembers(text), members, text)
})

t.test('indentWritten()', async (t) => {
  t.test('makes the lines that JSON.stringify makes', async (t) => {
    const values = [{}, { a: [] }, { a: 1, b: ['x', { c: null, d: {} }, true], e: 'x,}:[\\u00e9"' }]
    for (const value of values)
      for (const spaces of [0, 1, 4])
        t.equal(indentWritten(JSON.stringify(value, null, spaces)), JSON.stringify(value, null, 2))
  })

  t.test('keeps numbers as they are written', async (t) => {
    t.equal(
      indentWritten('{"a":[9007199254740993,1e400]}').replace(/\s/g, ''),
      '{"a":[9007199254740993,1e400]}',
    )
  })
})
