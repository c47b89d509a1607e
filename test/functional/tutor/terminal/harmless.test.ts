import t from 'tap'
import { harmless } from '../../../../tutor/terminal/harmless.ts'

t.test('harmless()', async (t) => {
  const cases: Record<string, readonly [text: string, harmless: string]> = {
    'letters, lines and wide letters stay': ['a\n字 é 👍 "\\', 'a\n字 é 👍 "\\'],
    'colors are dropped': ['\x1b[31mred\x1b[0m', 'red'],
    'the cursor stays where it is': ['\x1b[2J\x1b[1;1Hhere', 'here'],
    'a title of the window is dropped': ['\x1b]0;title\x07a', 'a'],
    'a lone escape is written out': ['a\x1b', 'a\\u001b'],
    'a bell and a delete are written out': ['\x07\x7f', '\\u0007\\u007f'],
    'a return to the begin of the line is written out': ['good\rbad', 'good\\u000dbad'],
    'line ends of Windows are line ends': ['a\r\nb', 'a\nb'],
    'a tab becomes spaces': ['\ta', '  a'],
    'controls of eight bits are written out': ['\x85', '\\u0085'],
    'text that runs backwards is written out': ['\u202eabc\u2066', '\\u202eabc\\u2066'],
    'what cannot be seen is written out': [
      '\u200bb\ufeff\ufff9\u{e0001}',
      '\\u200bb\\ufeff\\ufff9\\udb40\\udc01',
    ],
    'what only fills a place is written out': ['\u3164\u034f\ufe0f', '\\u3164\\u034f\\ufe0f'],
    'a picture keeps what gives it its colors': ['✔\ufe0f ok', '✔\ufe0f ok'],
    'the line ends of Unicode are written out': ['a\u2028\u2029', 'a\\u2028\\u2029'],
    'half a character is written out': ['\ud83d', '\\ud83d'],
  }
  for (const [what, [text, expected]] of Object.entries(cases))
    t.test(what, async (t) => {
      t.equal(harmless(text), expected)
    })
})
