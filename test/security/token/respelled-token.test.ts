// S4 S16 · RFC 7515 §2 and §7.1, RFC 4648 §3: one token, many spellings. A list of revoked
// texts is passed by with a second spelling, and two readers of one text may read two things.
import t from 'tap'
import { sessionToken } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

const token = sessionToken()
const [header, payload, signature] = token.split('.') as [string, string, string]
const segments = { header, payload, signature }
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

for (const [name, segment] of Object.entries(segments)) {
  const middle = Math.floor(segment.length / 2)
  const inserted = (text: string) => segment.slice(0, middle) + text + segment.slice(middle)
  const spellings = {
    padding: `${segment}=`,
    'two signs of padding': `${segment}==`,
    'a space inside': inserted(' '),
    'a line end inside': inserted('\r\n'),
    'a tab inside': inserted('\t'),
    'a sign of the other alphabet': inserted('+'),
    'another sign of the other alphabet': inserted('/'),
    'a letter of another script': inserted('é'),
  }
  for (const [what, spelling] of Object.entries(spellings)) {
    t.test(`with ${what} in its ${name} a good token is refused`, async (t) => {
      const parts = Object.entries(segments).map(([other, own]) =>
        other === name ? spelling : own,
      )
      t.equal(await refusedBy(parts.join('.')), 'form')
    })
  }
}
