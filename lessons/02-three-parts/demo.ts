import jwt from 'jsonwebtoken'
import { decode } from '../../example/token/decode.ts'
import { TokenError } from '../../example/token/errors.ts'
import { secretKey } from '../../example/token/key.ts'
import { verifyJws } from '../../example/token/verify.ts'

// A token taken apart by eye, and what that does not prove.

const secret = Buffer.from('for this demo, and for nothing else')
const key = secretKey({ kid: 'demo', alg: 'HS256', secret })

const token = jwt.sign({ sub: 'ada', admin: false }, secret, { noTimestamp: true })
const [header = '', payload = '', signature = ''] = token.split('.')

say('A token, cut at its two dots:', { header, payload, signature })

const bytes = Buffer.from('{"a')
say('Three bytes are 24 bits, and so are four characters of 6 bits:', {
  [bytes.toString()]: [...bytes].map((byte) => bits(byte, 8)).join(' '),
  [header.slice(0, 4)]: bits(bytes.readUIntBE(0, 3), 24).match(/.{6}/g)?.join(' '),
})
say('Decoded, without any key:', {
  header: JSON.stringify(decode(token).header),
  claims: JSON.stringify(decode(token).claims),
})

const written = Buffer.from('{"sub":"ada","admin":true}').toString('base64url')
const forged = `${header}.${written}.${signature}`
say('Mallory writes another payload, and leaves the rest as it is:', {
  payload: written,
  claims: JSON.stringify(decode(forged).claims),
})
say('Verified, with the key:', { before: await verified(token), after: await verified(forged) })

async function verified(text: string): Promise<string> {
  try {
    await verifyJws(text, key)
    return 'yes'
  } catch (error) {
    return `no: ${error instanceof TokenError ? error.message : error}`
  }
}

function bits(number: number, width: number): string {
  return number.toString(2).padStart(width, '0')
}

function say(title: string, lines: Record<string, string | undefined>): void {
  console.log(title)
  for (const [name, text] of Object.entries(lines)) console.log(`  ${name.padEnd(10)} ${text}`)
}
