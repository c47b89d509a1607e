import t from 'tap'
import { HttpError } from '../../../example/http/errors.ts'
import { requireSameOrigin } from '../../../example/http/same-origin.ts'
import { mockRequest } from '../../support/mock-http.ts'

const OURS = 'https://ours.example'

function outcome(headers: Record<string, string>, publicOrigin?: string): string {
  try {
    requireSameOrigin(mockRequest({ method: 'POST', headers }), publicOrigin)
    return 'accepted'
  } catch (error) {
    return error instanceof HttpError ? `${error.status} ${error.message}` : String(error)
  }
}

const refused = '403 Cannot accept the form: another site sent it'

t.test('requireSameOrigin() accepts', async (t) => {
  const accepted: Record<string, [headers: Record<string, string>, publicOrigin?: string]> = {
    'our own page': [{ 'sec-fetch-site': 'same-origin' }],
    'a bookmark or the address bar': [{ 'sec-fetch-site': 'none' }],
    'a client that is no browser': [{}],
    'an older browser on our page': [{ origin: OURS }, OURS],
    'an older browser, by the host it asked': [
      { origin: 'http://localhost:1337', host: 'localhost:1337' },
    ],
    'our own page behind a proxy that changes the host': [
      { 'sec-fetch-site': 'same-origin', origin: OURS, host: 'internal:1337' },
    ],
  }
  for (const [what, [headers, publicOrigin]] of Object.entries(accepted)) {
    t.test(what, async (t) => {
      t.equal(outcome(headers, publicOrigin), 'accepted')
    })
  }
})

t.test('requireSameOrigin() refuses with 403', async (t) => {
  // A longer list is in test/security/cross-site-forms.test.ts.
  const attacks: Record<string, [headers: Record<string, string>, publicOrigin?: string]> = {
    'another site': [{ 'sec-fetch-site': 'cross-site' }],
    'another site whose Origin says us': [{ 'sec-fetch-site': 'cross-site', origin: OURS }, OURS],
    'another site, older browser': [{ origin: 'https://evil.example' }, OURS],
    'the host, where the public origin is another': [
      { origin: 'http://evil.example', host: 'evil.example' },
      OURS,
    ],
    'an Origin and no Host': [{ origin: 'http://localhost:1337' }],
  }
  for (const [what, [headers, publicOrigin]] of Object.entries(attacks)) {
    t.test(what, async (t) => {
      t.equal(outcome(headers, publicOrigin), refused)
    })
  }
})
