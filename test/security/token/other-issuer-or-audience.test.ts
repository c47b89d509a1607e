// S21 S22 · RFC 7519 §4.1.1 and §4.1.3, RFC 8725 §3.8 and §3.9: somebody else's token, rightly signed.
import t from 'tap'
import { policy, sessionToken } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

const { issuer, audience } = policy

// biome-ignore format: a line for each kind
const issuers: unknown[] = [
  '', ' ', '*', '.*', 'https://other.example', audience,
  `${issuer}/`, `${issuer} `, ` ${issuer}`, `${issuer}\n`, `${issuer}\0`, `${issuer}.evil.example`,
  issuer.slice(0, -1), issuer.slice(1), issuer.toUpperCase(), `https://${issuer}`,
  'learn-json-web-tоkens', 'learn‐json-web-tokens', encodeURIComponent(`${issuer}/`),
  undefined, null, 0, true, {}, [], [issuer], [issuer, 'other'], { 0: issuer },
]
for (const iss of issuers) {
  t.test(`an issuer of ${shown(iss)} is refused`, async (t) => {
    t.equal(await refusedBy(sessionToken({ iss })), 'issuer')
  })
}

// biome-ignore format: a line for each kind
const audiences: unknown[] = [
  '', ' ', '*', '.*', 'https://other.example', issuer,
  `${audience}/`, `${audience} `, ` ${audience}`, `${audience}\n`, `${audience}/admin`,
  audience.slice(0, -1), audience.toUpperCase(), `https://${audience}`, `${audience},other`,
  'learn-json-web-tokens/.*', 'learn.json.web.tokens/sessions', `^${audience}$`,
  undefined, null, 0, true, {}, { 0: audience }, { aud: audience },
  [], ['other'], [''], [[audience]], [null], [audience.slice(1), 'other'],
  [audience, null], [audience, 5], [audience, [audience]], [audience, {}],
]
for (const aud of audiences) {
  t.test(`an audience of ${shown(aud)} is refused`, async (t) => {
    t.equal(await refusedBy(sessionToken({ aud })), 'audience')
  })
}

for (const aud of [audience, [audience], ['other', audience], [audience, audience]]) {
  t.test(`an audience of ${shown(aud)} has us in it`, async (t) => {
    t.equal(await refusedBy(sessionToken({ aud })), 'accepted')
  })
}
