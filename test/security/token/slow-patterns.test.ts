// S109 · RFC 8725 §3.2: a text for which a pattern tries every way of reading it. The patterns of this room
// take a time that grows with the text. One that grew with its square would need minutes for these, and
// the test runner would end the file.
import t from 'tap'
import { decodeBase64url } from '../../../example/token/base64url.ts'
import { subjectGrammar, uuid } from '../../../example/token/checks-claims.ts'
import { parseDuration } from '../../../example/token/duration.ts'
import { parseJsonObject } from '../../../example/token/json.ts'

const long = 200_000 // far beyond what the length check lets through

const json = (text: string) => () => parseJsonObject(Buffer.from(text))
const runs: Record<string, () => unknown> = {
  'a text of backslashes in JSON': json(`{"a":"${'\\\\'.repeat(long)}"}`),
  'escaped quotes in JSON': json(`{"a":"${'\\"'.repeat(long)}"}`),
  'spaces behind a text in JSON': json(`{"a":"b"${' '.repeat(long)}}`),
  'spaces behind each name in JSON': json(`{"a" ${' '.repeat(long)}:1,"b"${' '.repeat(long)}:2}`),
  'many empty texts in JSON': json(`{"a":[${'"",'.repeat(long)}""]}`),
  'quotes that do not end': json(`{"a":${'"'.repeat(long)}`),
  'a subject that ends badly': () => subjectGrammar.test(`${'a'.repeat(long)}!`),
  'a subject of dots': () => subjectGrammar.test('.'.repeat(long)),
  'an id that goes on': () => uuid.test('3f2b8c1e-'.repeat(long)),
  'a duration of digits': () => parseDuration('1'.repeat(long)),
  'a duration of units': () => parseDuration('1d'.repeat(long)),
  'a segment of one letter': () => decodeBase64url('A'.repeat(long)),
  'a segment of padding': () => decodeBase64url('='.repeat(long)),
}
for (const [what, run] of Object.entries(runs)) {
  t.test(`${what} comes to its end`, async (t) => {
    t.doesNotThrow(run)
  })
}
