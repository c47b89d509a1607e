import t from 'tap'
import { createLog, type LogLevel } from '../../../example/http/log.ts'
import { NOW, sessionToken } from '../../support/fixtures.ts'

/** A log that is kept. */
function keptLog(level: LogLevel = 'info', format: 'json' | 'people' = 'json') {
  const lines: string[] = []
  const log = createLog({ level, format, now: () => NOW, write: (line) => lines.push(line) })
  return { log, lines }
}

t.test('createLog() for machines', async (t) => {
  t.test('writes one JSON object a line: time, level, event, fields', async (t) => {
    const { log, lines } = keptLog()
    log('info', 'signed in', { subject: 'ada', status: 303, first: true })
    t.strictSame(lines, [
      '{"time":"2033-05-18T03:33:20.000Z","level":"info","event":"signed in","subject":"ada","status":303,"first":true}\n',
    ])
  })

  t.test('needs no fields, and leaves out those that are undefined', async (t) => {
    const { log, lines } = keptLog()
    log('warn', 'stopping')
    log('warn', 'stopping', { address: undefined })
    const line = '{"time":"2033-05-18T03:33:20.000Z","level":"warn","event":"stopping"}\n'
    t.strictSame(lines, [line, line])
  })
})

t.test('createLog() for people', async (t) => {
  t.test('writes the time of day, the event and what belongs to it', async (t) => {
    const { log, lines } = keptLog('info', 'people')
    log('info', 'GET /home', { status: 200, agent: 'a "quoted" name', address: undefined })
    t.strictSame(lines, ['03:33:20  GET /home  status=200 agent="a \\"quoted\\" name"\n'])
  })
})

t.test('createLog() writes what ends a line or steers a terminal as an escape', async (t) => {
  for (const format of ['json', 'people'] as const) {
    const { log, lines } = keptLog('info', format)
    log('info', 'a\u007f\u0085\u2028\u202e')
    t.match(lines[0], /a\\u007f\\u0085\\u2028\\u202e/)
  }
})

t.test('createLog() and levels', async (t) => {
  const kept = {
    info: ['info', 'warn', 'error'],
    warn: ['warn', 'error'],
    error: ['error'],
    silent: [],
  }
  for (const [lowest, expected] of Object.entries(kept)) {
    t.test(`${lowest}: ${expected.join(', ') || 'nothing'}`, async (t) => {
      const { log, lines } = keptLog(lowest as LogLevel)
      for (const level of ['info', 'warn', 'error'] as const) log(level, 'event')
      t.strictSame(
        lines.map((line) => JSON.parse(line).level),
        expected,
      )
    })
  }
})

t.test('createLog() writes [token] where a token was', async (t) => {
  const token = sessionToken()
  const written = (text: string) => {
    const { log, lines } = keptLog()
    log('warn', 'event', { text })
    return JSON.parse(lines.join('')).text
  }

  t.test('in a field, in the event, in both formats', async (t) => {
    for (const format of ['json', 'people'] as const) {
      const { log, lines } = keptLog('info', format)
      log('info', `GET /private/${token}`, { authorization: `Bearer ${token}` })
      t.notMatch(lines.join(''), /eyJ/)
      t.match(lines.join(''), /GET \/private\/\[token\].*Bearer \[token\]/)
    }
  })

  t.test('two of them, and the text around stays', async (t) => {
    t.equal(written(`from ${token} to ${token}.`), 'from [token] to [token].')
  })

  t.test('however a path spells its dots', async (t) => {
    const [header, payload, signature] = token.split('.')
    for (const [one, other] of [
      ['.', '%2E'],
      ['%2e', '.'],
      ['%2E', '%2e'],
    ])
      t.equal(written(`/a/${header}${one}${payload}${other}${signature}/b`), '/a/[token]/b')
  })

  t.test('one without a signature', async (t) => {
    t.equal(written(token.slice(0, token.lastIndexOf('.') + 1)), '[token]')
    t.equal(written(token.slice(0, token.lastIndexOf('.'))), '[token]')
  })

  t.test('but not what only has dots', async (t) => {
    for (const text of ['www.example.org', '192.0.2.1', 'learn-json-web-tokens.md'])
      t.equal(written(text), text)
  })
})
