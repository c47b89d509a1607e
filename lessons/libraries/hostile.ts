import {
  audience,
  flipSpareBit,
  goodClaims,
  issuer,
  literally,
  NOW,
  respell,
  token,
} from './tokens.ts'

/** Tokens that an adapter must refuse, by what is wrong with them: one table for each group of the contract. */
export type Table = Readonly<Record<string, string>>

const base = token()
const withoutSignature = (text: string) => respell(text, 2, () => '')
const payloadText = (text: string | Buffer) => token({ payloadText: text })
const goodJson = JSON.stringify(goodClaims)

export const ended: Table = {
  'ended a minute ago': token({ claims: { exp: NOW - 60 } }),
  'ended a second ago': token({ claims: { exp: NOW - 1 } }),
  'ends this very second': token({ claims: { exp: NOW } }),
  'begins in a second': token({ claims: { nbf: NOW + 1 } }),
  'begins in a minute': token({ claims: { nbf: NOW + 60 } }),
  'exp is missing': token({ claims: { exp: undefined } }),
  'exp is a string': token({ claims: { exp: `${NOW + 600}` } }),
  'exp is null': token({ claims: { exp: null } }),
  'exp is an array': token({ claims: { exp: [NOW + 600] } }),
  'exp is 1e999': payloadText(literally('exp', '1e999')),
  'nbf is a string': token({ claims: { nbf: `${NOW - 60}` } }),
}

export const forOthers: Table = {
  'another issuer': token({ claims: { iss: 'mallory.example' } }),
  'an issuer that begins alike': token({ claims: { iss: `${issuer}.mallory.example` } }),
  'an issuer that ends alike': token({ claims: { iss: `mallory-${issuer}` } }),
  'an issuer with another character for its dot': token({
    claims: { iss: issuer.replace('.', '-') },
  }),
  'iss is missing': token({ claims: { iss: undefined } }),
  'iss is an array': token({ claims: { iss: [issuer] } }),
  'another audience': token({ claims: { aud: 'other.example' } }),
  'an audience that begins alike': token({ claims: { aud: `${audience}/admin` } }),
  'an array of other audiences': token({ claims: { aud: ['other.example'] } }),
  'an empty array of audiences': token({ claims: { aud: [] } }),
  'aud is missing': token({ claims: { aud: undefined } }),
  'sub is missing': token({ claims: { sub: undefined } }),
  'sub is a number': token({ claims: { sub: 7 } }),
  'sub is an array': token({ claims: { sub: ['ada'] } }),
}

export const notOurSignature: Table = {
  'signed with another secret': token({
    secret: Buffer.from('some other secret, 36 bytes as well.'),
  }),
  'a changed payload': respell(base, 1, () => payloadText('{"sub":"root"}').split('.')[1] ?? ''),
  'a changed header': respell(base, 0, () => token({ header: { kid: 'x' } }).split('.')[0] ?? ''),
  'the signature of another token': respell(base, 2, () => payloadText('{}').split('.')[2] ?? ''),
  'half a signature': respell(base, 2, (segment) => segment.slice(0, 20)),
  'a signature of zeros': respell(base, 2, (segment) => 'A'.repeat(segment.length)),
  'an empty signature': withoutSignature(base),
  'alg none': withoutSignature(token({ header: { alg: 'none' } })),
  'alg nOnE': withoutSignature(token({ header: { alg: 'nOnE' } })),
  'alg none, with a signature': token({ header: { alg: 'none' } }),
  'alg HS384, truly signed': token({ header: { alg: 'HS384' }, hash: 'sha384' }),
  'alg HS512, truly signed': token({ header: { alg: 'HS512' }, hash: 'sha512' }),
  'alg hs256': token({ header: { alg: 'hs256' } }),
  'alg is missing': token({ header: { alg: undefined } }),
}

export const unknownHeader: Table = {
  'crit names "x"': token({ header: { crit: ['x'], x: 1 } }),
  'crit names exp': token({ header: { crit: ['exp'], exp: NOW + 600 } }),
  'crit is an empty array': token({ header: { crit: [] } }),
  'crit is null': token({ header: { crit: null } }),
  'crit is false': token({ header: { crit: false } }),
  'crit is 0': token({ header: { crit: 0 } }),
  'crit is an empty string': token({ header: { crit: '' } }),
  'crit names b64, b64 is false': token({ header: { crit: ['b64'], b64: false } }),
  'b64 is false, without crit': token({ header: { b64: false } }),
}

export const otherSpelling: Table = {
  'padding after the signature': respell(base, 2, (segment) => `${segment}=`),
  'the same signature with another last character': respell(base, 2, flipSpareBit),
  'a line break after it': `${base}\n`,
  'a space before it': ` ${base}`,
  'a space inside the signature': respell(base, 2, (segment) => segment.replace(/^..../, '$& ')),
  'two parts': base.split('.').slice(0, 2).join('.'),
  'four parts': `${base}.e30`,
  'sub appears twice': payloadText(goodJson.replace('}', ',"sub":"root"}')),
  'alg appears twice': token({ headerText: '{"alg":"none","typ":"JWT","alg":"HS256"}' }),
  'the payload is null': payloadText('null'),
  'the payload is an array': payloadText(`[${goodJson}]`),
  'the payload is not JSON': payloadText('ada'),
  'the payload is not UTF-8': payloadText(
    Buffer.concat([
      Buffer.from('{"x":"'),
      Buffer.from([0xff]),
      Buffer.from(`",${goodJson.slice(1)}`),
    ]),
  ),
  'the header is not JSON': token({ headerText: 'HS256' }),
  'an empty string': '',
}
