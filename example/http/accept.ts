/**
 * What kind of answer a client can use: `json` when it names JSON and no pages, `html` when it names
 * pages (every browser does), `any` when it names neither (curl, the original tutorial's client).
 * Weights are not read: nobody who names both in one header has ever meant JSON.
 */
export function wanted(accept = ''): 'html' | 'json' | 'any' {
  if (accept.includes('text/html')) return 'html'
  return accept.includes('application/json') ? 'json' : 'any'
}
