// S125. Names that people choose for themselves, their devices and their programs begin no line of a log, and end no field.
import t from 'tap'
import { createApp } from '../../example/accounts/app.ts'
import { createLog } from '../../example/http/log.ts'
import { call, PASSWORD, signUp, testAccounts } from '../support/accounts.ts'
import { NOW } from '../support/fixtures.ts'

// The one whom they claim to be is Zoe: a name that random ids in hexadecimal digits cannot have in them, as they can "ada".
const names = [
  'eve\n{"level":"info","event":"signed in","user":"zoe"}',
  'eve\r\n12:00:00  signed in  user="zoe"',
  'eve" user="zoe',
  'eve","user":"zoe',
  '\u001b[2Jeve',
  'eve\u2028zoe',
  'eve\u202ezoe',
  'eve\u0000',
]

for (const format of ['json', 'people'] as const) {
  t.test(`in a log for ${format === 'json' ? 'machines' : format}`, async (t) => {
    let output = ''
    const write = (line: string) => {
      output += line
    }
    const log = createLog({ level: 'info', format, now: () => NOW, write })
    const server = await testAccounts({
      environment: { SIGN_UPS_PER_MINUTE: '100', FAILED_SIGN_INS_PER_MINUTE: '100' },
    })
    await signUp(server, 'eve')
    const app = createApp({ ...server.deps, log })
    for (const name of names) {
      const body = { username: name, password: PASSWORD }
      t.equal((await call({ app }, 'POST /signup', { body })).status, 422)
      t.equal((await call({ app }, 'POST /signin', { body })).status, 401)
      const headers = { 'user-agent': name }
      const device = { username: 'eve', password: PASSWORD, device: name }
      t.equal((await call({ app }, 'POST /signin', { body: device, headers })).status, 200)
      await call({ app }, `DELETE /users/${encodeURIComponent(name)}`)
    }
    const lines = output.split('\n')
    t.equal(lines.pop(), '')
    t.equal(lines.length, names.length * 2, 'one for each sign-in, failed or not')
    t.notMatch(output.replaceAll('\n', ''), /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
    t.notMatch(output, /zoe/, 'what was typed for a name that nobody has is in none')
  })
}
