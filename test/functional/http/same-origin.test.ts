import t from 'tap'
import { HttpError } from '../../../example/http/errors.ts'
import { type Origins, requireSameOrigin } from '../../../example/http/same-origin.ts'
import { mockRequest } from '../../support/mock-http.ts'

const OURS = 'https://ours.example'
const ours = { publicOrigin: OURS }

function outcome(headers: Record<string, string>, origins: Origins = {}): string {
  try {
    requireSameOrigin(mockRequest({ method: 'POST', headers }), origins)
    return 'accepted'
  } catch (error) {
    return error instanceof HttpError ? `${error.status} ${error.message}` : String(error)
  }
}

const refused = '403 Cannot accept the form: another site sent it'

// Longer lists of both are in test/security/cross-site-forms.test.ts.

t.test('requireSameOrigin() accepts', async (t) => {
  const accepted: Record<string, [headers: Record<string, string>, origins?: Origins]> = {
    'our own page': [{ 'sec-fetch-site': 'same-origin' }],
    'a client that is no browser': [{}],
    'an older browser on our page': [{ origin: OURS }, ours],
    'an older browser, by the host it asked': [
      { origin: 'http://localhost:1337', host: 'localhost:1337' },
    ],
    'our own page behind a proxy that changes the host': [
      { 'sec-fetch-site': 'same-origin', origin: OURS, host: 'internal:1337' },
      ours,
    ],
    'our own page behind a proxy that ends TLS and keeps the host': [
      { 'sec-fetch-site': 'same-origin', origin: OURS, host: 'ours.example' },
    ],
    'our own page under the name of a workspace': [
      { 'sec-fetch-site': 'same-origin', origin: 'https://w-1337.dev.example', host: 'localhost' },
      { forwardedHost: 'w-1337.dev.example' },
    ],
  }
  for (const [what, [headers, origins]] of Object.entries(accepted)) {
    t.test(what, async (t) => {
      t.equal(outcome(headers, origins), 'accepted')
    })
  }
})

t.test('requireSameOrigin() refuses with 403', async (t) => {
  const attacks: Record<string, [headers: Record<string, string>, origins?: Origins]> = {
    'another site': [{ 'sec-fetch-site': 'cross-site' }],
    'another site whose Origin says us': [{ 'sec-fetch-site': 'cross-site', origin: OURS }, ours],
    'the host, where the public origin is another': [
      { origin: 'http://evil.example', host: 'evil.example' },
      ours,
    ],
    'an Origin and no Host': [{ origin: 'http://localhost:1337' }],
    'an Origin made of a Host that did not come': [{ origin: 'http://undefined' }],
  }
  for (const [what, [headers, origins]] of Object.entries(attacks)) {
    t.test(what, async (t) => {
      t.equal(outcome(headers, origins), refused)
    })
  }
})

t.test('an Origin is compared even when the browser says same-origin', async (t) => {
  const headers = { 'sec-fetch-site': 'same-origin', origin: OURS, host: 'internal:1337' }
  const unknown =
    '403 Cannot accept the form: its page has an address that this server does not know. Behind a proxy, PUBLIC_ORIGIN says which it is'
  t.equal(outcome(headers), unknown)
  t.equal(outcome(headers, { publicOrigin: 'https://other.example' }), unknown)
})
