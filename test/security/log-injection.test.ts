import t from 'tap'
import { createLog } from '../../example/http/log.ts'
import { NOW, sessionToken } from '../support/fixtures.ts'

// S125, S126. Who reads a log trusts its lines. A client that can begin a line writes events that
// never happened; one that can send an escape sequence steers the terminal of whoever reads.

const formats = ['json', 'people'] as const

function written(text: string, format: (typeof formats)[number]): string {
  let output = ''
  const write = (line: string) => (output += line)
  const log = createLog({ level: 'info', format, now: () => NOW, write })
  log('warn', `GET /${text}`, { username: text })
  return output
}

const injected = {
  'a line break and a false event': 'a\r\n{"level":"info","event":"signed in"}',
  'a line feed': 'a\nb',
  'a carriage return, which lets a terminal write over the line': 'a\rb',
  'a vertical tab and a form feed': 'a\u000bb\u000cc',
  'a NUL': 'a\u0000b',
  'an escape sequence that clears the screen': '\u001b[2J\u001b[H',
  'the same with the C1 control': '\u009b2J',
  'a backspace and DEL': 'root\b\u007f\u007f',
  'NEL, the line end of ISO 8859': 'a\u0085b',
  'the line ends of Unicode': 'a\u2028b\u2029c',
  'a change of the reading direction': 'a\u202ecod.exe\u2066b\u2069\u200f',
  'a quote that ends the field': 'a","event":"signed in","x":"',
}

for (const format of formats) {
  t.test(`in a log for ${format === 'json' ? 'machines' : format}`, async (t) => {
    for (const [what, text] of Object.entries(injected)) {
      t.test(`${what}: one line, nothing in it but what can be seen`, async (t) => {
        const output = written(text, format)
        t.equal(output.indexOf('\n'), output.length - 1)
        t.notMatch(output.slice(0, -1), /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
      })
    }
  })
}

t.test('a machine reads every text back as it was sent', async (t) => {
  for (const [what, text] of Object.entries(injected)) {
    const line = JSON.parse(written(text, 'json'))
    t.strictSame([line.level, line.event, line.username], ['warn', `GET /${text}`, text], what)
  }
})

t.test('no token gets into a log', async (t) => {
  const token = sessionToken()
  const around = { alone: '', 'behind a line break': '\n', 'behind a backslash': '\\' }
  for (const format of formats) {
    for (const [where, before] of Object.entries(around)) {
      t.test(`${where}, for ${format}`, async (t) => {
        const output = written(`${before}${token}`, format)
        for (const part of token.split('.')) t.notOk(output.includes(part))
        if (format === 'json') t.equal(JSON.parse(output).username, `${before}[token]`)
      })
    }
  }
})

t.test('a long text that is nearly a token is written, not searched forever (S109)', async (t) => {
  // A search that begins again at each letter takes a thousand times the patience of this test.
  const text = 'a'.repeat(1_000_000)
  t.equal(JSON.parse(written(text, 'json')).username.length, text.length)
})
