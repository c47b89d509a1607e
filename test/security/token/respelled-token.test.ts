// S4 S16 · RFC 7515 §2 and §7.1, RFC 4648 §3: one token, many spellings. A list of revoked
// texts is passed by with a second spelling, and two readers of one text may read two things.
import t from 'tap'
import { sessionToken } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

const token = sessionToken()
const [header, payload, signature] = token.split('.') as [string, string, string]
const claims = Buffer.from(payload, 'base64url').toString()

const respelled: Record<string, string> = {
  'a space in front': ` ${token}`,
  'a space behind': `${token} `,
  'a line end behind': `${token}\n`,
  'a NUL behind': `${token}\0`,
  'a byte order mark in front': `\uFEFF${token}`,
  'a dot in front': `.${token}`,
  'a dot behind': `${token}.`,
  'the scheme in front': `Bearer ${token}`,
  quotes: `"${token}"`,
  'a percent sign': token.replaceAll('.', '%2E'),
  'full-width dots': token.replaceAll('.', '．'),
  'the signature twice': `${token}.${signature}`,
  'JSON, flattened': JSON.stringify({ protected: header, payload, signature }),
  'JSON, general': JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
  'JSON with the token inside': `{"payload":"${payload}","x":".${header}.${payload}.${signature}"}`,
  'five segments, as an encrypted token': `${token}.${payload}.${signature}`,
  'the payload as it is': `${header}.${claims}.${signature}`,
  'plain base64': `${header}.${Buffer.from(claims).toString('base64')}.${signature}`,
}
for (const [what, text] of Object.entries(respelled)) {
  t.test(`with ${what} a good token is refused`, async (t) => {
    t.equal(await refusedBy(token), 'accepted')
    t.equal(await refusedBy(text), 'form')
  })
}

for (const [index, name] of ['header', 'payload', 'signature'].entries()) {
  for (const sign of ['=', '==', ' ', '\t', '\r\n', '+', '/', 'é']) {
    t.test(
      `with ${shown(sign)} within its ${name} or behind it a good token is refused`,
      async (t) => {
        const segment = token.split('.')[index] ?? ''
        for (const at of [Math.floor(segment.length / 2), segment.length]) {
          const spelling = segment.slice(0, at) + sign + segment.slice(at)
          t.equal(await refusedBy(token.split('.').with(index, spelling).join('.')), 'form')
        }
      },
    )
  }
}
