import t from 'tap'
import { assetHandler } from '../../../example/server/assets.ts'
import { ask } from '../../support/mock-http.ts'

const get = (type: 'css' | 'svg', body: string) => ask(assetHandler({ type, body }))

t.test('a style sheet may be kept for an hour by anybody', async (t) => {
  t.hasStrict(await get('css', 'p { color: red }'), {
    status: 200,
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'content-length': '16',
    },
    body: 'p { color: red }',
  })
})

t.test('an icon comes with its own type, and nobody may guess another', async (t) => {
  t.hasStrict(await get('svg', '<svg/>'), {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
    body: '<svg/>',
  })
})
