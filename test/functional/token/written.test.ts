import t from 'tap'
import { writtenMembers } from '../../../example/token/written.ts'

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
