import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { findToken } from '../../../inspector/find-token.ts'
import { givenSecret } from '../../../inspector/given-secret.ts'
import { blank, line, print } from '../../../inspector/paper.ts'
import { reportOn } from '../../../inspector/report.ts'
import { sayJson } from '../../../inspector/say-json.ts'
import { sayReport } from '../../../inspector/say-report.ts'
import { usage } from '../../../inspector/usage.ts'
import { wrap } from '../../../tutor/terminal/look.ts'
import { forge, goodClaims, goodHeader, NOW, SECRET, sessionToken } from '../../support/fixtures.ts'

const wide = { columns: 80, rows: 24, colors: false, plain: false }
const narrow = { ...wide, columns: 40 }

async function report(token: string, secret?: string) {
  const given = secret === undefined ? undefined : givenSecret(secret)
  return await reportOn(findToken(token), { given, options: { words: [] }, now: NOW })
}

const say = async (token: string, look = wide, secret?: string) =>
  print(sayReport(await report(token, secret)), look)

t.test('print()', async (t) => {
  t.test('breaks lines between words, and indents what follows', async (t) => {
    const text = 'one two three four five six seven'
    const lines = [line(2, text), { spans: [text], indent: 2, hang: 4 }, blank]
    t.equal(
      print(lines, { ...wide, columns: 20 }),
      '  one two three four\n  five six seven\n  one two three\n      four five six\n      seven\n\n',
    )
  })

  t.test('breaks words that are too long, but not what is to be copied', async (t) => {
    const word = 'x'.repeat(50)
    t.equal(print([line(0, word)], narrow), `${'x'.repeat(40)}\n${'x'.repeat(10)}\n`)
    t.equal(print([{ spans: [word], whole: true }], narrow), `${word}\n`)
  })

  t.test('colors only when told to, and makes every text printable in both cases', async (t) => {
    const lines = [line(0, 'a\u001b[2J', ['bad', 'b\n'])]
    t.equal(print(lines, wide), 'a\\u001b[2Jb\\u000a\n')
    const colored = print(lines, { ...wide, colors: true })
    t.equal(colored, 'a\\u001b[2J\u001b[1m\u001b[31mb\\u000a\u001b[39m\u001b[22m\n')
  })
})

t.test('a token is shown in its three parts, each with its name', async (t) => {
  const token = sessionToken()
  const shown = await say(token)
  const [header = '', payload = '', signature = ''] = token.split('.')
  for (const part of [
    `Header, before the first dot\n${header}\n{\n  "alg": "HS256"\n`,
    `Payload, between the dots, not proven\n${payload}\n{\n  "iss": "learn-json-web-tokens"\n`,
    `Signature, after the second dot\n${signature}\n32 bytes, not text`,
    '  "exp": 2000003600\n      Wed, 18 May 2033 04:33:20 GMT, in 1 hour\n      Expiry: from this second on it is refused (RFC 7519 §4.1.4)\n',
    '  "typ": "session+jwt"\n      Type: which kind of token this is (RFC 7515 §4.1.9, RFC 8725 §3.11)\n',
    'A MAC: whoever can check it can also make it, with the same secret',
    '\n\nDecoding proves nothing: anybody can write these bytes.\nTo verify the signature, give the key:\n  echo $TOKEN | npm run --silent inspect -- --secret-file FILE\n',
  ])
    t.ok(shown.includes(part), part)
  t.notMatch(shown, /--key|Checks/)
})

t.test('how to verify fits the algorithm', async (t) => {
  const cases: Record<string, RegExp> = {
    RS256: /A signature: the private key makes it(?:.|\n)*--key FILE/,
    Ed25519: /newer name for EdDSA .* \(RFC 9864\), which is not\s+known here/,
    XY: /give the key:\n.*--key FILE/,
    none: /No signature at all(?:.|\n)*nothing to verify either: its alg is none/,
  }
  for (const [alg, said] of Object.entries(cases)) {
    const shown = await say(forge(goodClaims(), { ...goodHeader, alg }))
    t.match(shown, said)
    t.notMatch(shown, /--secret-file/)
  }
})

t.test('with a key the checks follow, with what each saw', async (t) => {
  t.test('and the verdict', async (t) => {
    const shown = await say(sessionToken(), wide, SECRET)
    for (const part of [
      'Payload, between the dots, proven\n',
      'Checks with the secret that you gave, which allows HS256, HS384, HS512 and\nnothing else\n✓ length passed\n',
      '\n    332 characters · RFC 9110 §17.5 · our server’s rule\n',
      `\n✓ expiry passed\n    exp ${NOW + 3600}, now ${NOW} · RFC 7519 §4.1.4\n`,
      '\n· issuer not asked: give --issuer\n    iss "learn-json-web-tokens" · RFC 7519 §4.1.1, RFC 8725 §3.8\n',
      '\n\nAccepted: no check failed.',
    ])
      t.ok(shown.includes(part), part)
    t.notMatch(shown, /Decoding proves nothing|give the key/)
  })

  t.test('a failed one with its reason, and those behind it in a line each', async (t) => {
    const shown = await say(sessionToken(), wide, 'guessed')
    t.match(shown, /^Note: The secret is 7 bytes long: use 32 or more\./)
    t.match(shown, /\n✗ signature failed: the signature check does not hold\n {4}HS256 with/)
    t.match(shown, /\n– expiry not reached: "signature" failed · RFC 7519 §4\.1\.4\n/)
    t.match(shown, /Payload, between the dots, not proven\n/)
    t.match(shown, /\n\nRefused: the check "signature" failed\. Its signature is not verified/)
    t.notMatch(shown, /guessed/)
  })

  t.test('one of our own rules in full, where it failed', async (t) => {
    const shown = await say(sessionToken({ sub: 'B S' }), wide, SECRET)
    t.match(shown, /\n {4}Our server’s rule: no RFC says what sub, jti and sid look like; we/)
  })

  t.test('and no more than a glimpse of what is endless', async (t) => {
    const shown = await say(sessionToken({ iss: 'x'.repeat(3000) }), wide, SECRET)
    t.match(shown.slice(shown.indexOf('· issuer')), /^· issuer.*\n {4}iss "x+\n {4}x+… · RFC/)
  })
})

t.test('a part that cannot be read says why', async (t) => {
  const token = sessionToken()
  const [, payload = '', signature = ''] = token.split('.')
  const unsecured = forge(goodClaims(), { ...goodHeader, alg: 'none' })
  const noObject = 'This part is not a JSON object in UTF-8 with each name once'
  const tokens: Array<[token: string, said: string]> = [
    [`eyJx.${payload}.${signature}`, `eyJx\n${noObject}`],
    [forge('hello'), `aGVsbG8\n${noObject}`],
    [forge('{"sub":"a","sub":"b"}'), `\n${noObject}`],
    [
      forge('{"x":{"sub":"a","sub":"b"}}'),
      '\nThis part is JSON that our server refuses and the RFCs do not: it reads a JSON\nobject in UTF-8 with each name once, at most 32 levels deep.\n',
    ],
    [token.replace(/\..*\./, '..'), `\n\n${noObject}`],
    [`${token}=`, '=\nThis part is not base64url in its one right spelling'],
    [token.replace(/[^.]*$/, ''), '\n\nNothing: it has no signature.\n'],
    [unsecured.replace(/[^.]*$/, ''), '\n\nNothing: this token is unsecured (RFC 7519 §6)'],
  ]
  for (const [token, said] of tokens) t.ok((await say(token)).includes(said), said)
})

t.test('a number is shown as it is written, even one that no number can hold', async (t) => {
  const beyond = '"exp":1e999,"sub":9007199254740993,"x": [1e999, {"a,}\\u0022" :1.0}]'
  const token = forge(`{${beyond},"2":"\\/","1":{},"__proto__":[]}`)
  const shown = await say(token)
  const members = ['"exp": 1e999', '"sub": 9007199254740993', '"x": [1e999,{"a,}\\"":1.0}]']
  for (const member of [...members, '"2": "/"', '"1": {}', '"__proto__": []'])
    t.ok(shown.includes(`${member}\n`), member)
  const { claims } = JSON.parse(sayJson(await report(token)))
  const exp = claims.find(({ name }: { name: string }) => name === 'exp')
  t.hasStrict(exp, { value: null, written: '1e999' })
})

t.test('nothing in a token steers the terminal', async (t) => {
  const poison = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\u2028\r\nAccepted\u007f\u200b'
  const known = { sub: poison, iss: poison, exp: poison }
  const claims = goodClaims({ ...known, [poison]: poison, a: [poison] })
  const header = { ...goodHeader, kid: poison, [poison]: { [poison]: poison } }
  const tokens: Record<string, string> = {
    'in a claim and its name': forge(claims),
    'in a header parameter and its name': forge(claims, header),
  }
  for (const [what, token] of Object.entries(tokens))
    t.test(what, async (t) => {
      for (const secret of [undefined, SECRET]) {
        const shown = await say(token, wide, secret)
        t.notMatch(shown, /[^\P{C}\n]/u, 'no control, format or unassigned character')
        t.ok(shown.includes('\\u001b[2J'), 'they are shown as escapes')
        t.notMatch(shown, /^Accepted\\/m, 'no line of its own')
        const colored = print(sayReport(await report(token, secret)), { ...wide, colors: true })
        t.equal(stripVTControlCharacters(colored), shown, 'colors change nothing else')
        const json = sayJson(await report(token, secret))
        t.notMatch(json, /[^\P{C}\n]/u)
        t.equal(JSON.parse(json).claims.at(-1).value[0], poison, 'and programs get what it was')
      }
    })
})

t.test('40 columns are enough', async (t) => {
  const roles = Array.from({ length: 30 }, (_, place) => `role-${place}`)
  const token = forge(goodClaims({ roles }))
  const shown = await say(token, narrow, 'short')
  const raw = token.split('.')
  const tooLong = (text: string) =>
    text.split('\n').filter((row) => row.length > 40 && !raw.includes(row))
  t.strictSame(tooLong(shown), [])
  t.strictSame(tooLong(wrap(narrow, usage)), [])
  t.match(wrap(narrow, usage), /--secret-file FILE\n {6}The shared secret/)
})

t.test('for programs: always the same members', async (t) => {
  const [header, payload, signature] = sessionToken().split('.')
  const decoded = JSON.parse(sayJson(await report(sessionToken())))
  t.equal(Object.keys(decoded).join(), 'verdict,proven,notes,parts,header,claims,checks')
  t.strictSame(decoded.parts.header, { raw: header, decoded: goodHeader, problem: null })
  t.strictSame(decoded.parts.payload, { raw: payload, decoded: goodClaims(), problem: null })
  t.equal(decoded.parts.signature.raw, signature)
  t.strictSame(decoded.header[2], {
    name: 'kid',
    value: 'sessions-1',
    written: '"sessions-1"',
    meaning: 'Key ID: the name of the key that signed',
    rfc: 'RFC 7515 §4.1.4',
    words: null,
  })
  t.strictSame(decoded.claims[4], {
    name: 'exp',
    value: NOW + 3600,
    written: String(NOW + 3600),
    meaning: 'Expiry: from this second on it is refused',
    rfc: 'RFC 7519 §4.1.4',
    words: 'Wed, 18 May 2033 04:33:20 GMT, in 1 hour',
  })
  t.strictSame([decoded.proven, decoded.checks], [false, []])

  const { verdict, proven, checks } = JSON.parse(sayJson(await report(sessionToken(), SECRET)))
  t.strictSame([verdict.result, proven, checks.length], ['accepted', true, 17])
  t.strictSame(checks[10], {
    id: 'expiry',
    result: 'passed',
    saw: `exp ${NOW + 3600}, now ${NOW}`,
    reason: null,
    promise: 'It has an expiry, and that is still to come',
    rfc: 'RFC 7519 §4.1.4',
    ours: null,
  })
  const members = checks.map((check: object) => Object.keys(check).join())
  t.equal(new Set(members).size, 1)
})
