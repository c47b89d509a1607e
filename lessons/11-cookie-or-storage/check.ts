import assert from 'node:assert/strict'
import { letsIn, reads, refuses } from '../browser-storage/asked.ts'
import {
  clears,
  lasting,
  onOurHost,
  practice,
  production,
  sets,
} from '../browser-storage/set-cookie.ts'
import { createShop } from '../browser-storage/shop.ts'
import type { Checks } from '../checks.ts'
import { serving } from '../exchange.ts'
import { takesFirstStep } from '../first-step.ts'
import type * as solution from './solution.ts'

// No browser is needed: these checks read a cookie as one does, and ask as one does.

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  HttpOnly: { thinkAgain: 'then the script cannot read the cookie. Did it have to?' },
  SameSite: {
    thinkAgain: 'then forms of other sites come without the cookie. Whose page was this?',
  },
  neither: 'right',
}

const token = 'eyJ.eyJ.c2ln'
const other = 'eyJ.eyJ.b3RoZXI'

const host = 'localhost:1337'
const own = `http://${host}`
const evil = 'https://mallory.example'
const workspace = 'w-1337.dev.example'
const from = (site: string) => ({ host, 'sec-fetch-site': site })

export default {
  'first step: what would have stopped the script'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  'no script can read the cookie'(lesson) {
    sets(lesson, practice, { 'a cookie with HttpOnly': ({ httponly }) => httponly !== undefined })
  },

  'a form on another site comes without it'(lesson) {
    sets(lesson, practice, {
      'a cookie with SameSite=Lax or SameSite=Strict': ({ samesite = '' }) =>
        ['lax', 'strict'].includes(samesite),
    })
  },

  'it goes to all our pages, and nowhere else'(lesson) {
    for (const cookie of [practice, production]) sets(lesson, cookie, onOurHost(cookie))
  },

  'it lives as long as its token'(lesson) {
    for (const seconds of [60, 604_800]) sets(lesson, practice, lasting(seconds), seconds)
  },

  'cleared, it is gone'(lesson) {
    for (const cookie of [practice, production]) clears(lesson, cookie)
  },

  'a token is found in the header or in the cookie'(lesson) {
    reads(lesson, { authorization: `Bearer ${token}` }, token)
    reads(lesson, { cookie: `session=${token}` }, token)
    reads(lesson, { cookie: `theme=dark; session=${token}; lang=en` }, token)
    reads(lesson, { cookie: `session2=${token}; my-session=${token}` }, undefined)
    reads(lesson, {}, undefined)
  },

  'nobody chooses between two tokens: 400'(lesson) {
    const both = { authorization: `Bearer ${token}`, cookie: `session=${token}` }
    reads(lesson, both, token)
    reads(lesson, { ...both, cookie: `session=${other}` }, 400)
    reads(lesson, { cookie: `session=${token}; session=${other}` }, 400)
  },

  'our own pages may ask, and so may programs'(lesson) {
    letsIn(lesson, 'a form of ours', { ...from('same-origin'), origin: own })
    letsIn(lesson, 'a form of ours, without Origin', from('same-origin'))
    letsIn(lesson, 'a form on a page of ours that hides where it is', {
      ...from('same-origin'),
      origin: 'null',
    })
    letsIn(lesson, 'somebody who typed the address', from('none'))
    letsIn(lesson, 'a form of ours in an older browser', { host, origin: own })
    letsIn(lesson, 'a program', { host })
  },

  'a page of somebody else may not: 403'(lesson) {
    refuses(lesson, 'a form on another site', { ...from('cross-site'), origin: evil })
    refuses(lesson, 'a form on another site, whose Origin was lost', from('cross-site'))
    refuses(lesson, 'a form in a frame that hides where it is', {
      ...from('cross-site'),
      origin: 'null',
    })
    refuses(lesson, 'another port', { ...from('same-site'), origin: 'http://localhost:8080' })
    for (const origin of [evil, 'null', 'http://localhost:13370', `${own}.mallory.example`])
      refuses(lesson, 'an older browser', { host, origin })
  },

  'behind a proxy ours stay ours, and theirs stay theirs'(lesson) {
    const forwarded = { forwardedHost: workspace }
    const origin = `https://${workspace}`
    const ours = from('same-origin')
    letsIn(lesson, 'a form of ours, behind a proxy that took the TLS off', {
      ...ours,
      host: workspace,
      origin,
    })
    letsIn(
      lesson,
      'a form of ours, behind a proxy that rewrote Host',
      { ...ours, origin },
      forwarded,
    )
    letsIn(lesson, 'a form of ours, behind a proxy that rewrote Host and Origin', {
      ...ours,
      origin: own,
    })
    letsIn(
      lesson,
      'an older browser, behind a proxy that rewrote Host',
      { host, origin },
      forwarded,
    )
    refuses(lesson, 'a form on another site, behind a proxy that rewrote Origin', {
      ...from('cross-site'),
      origin: own,
    })
    refuses(lesson, 'an older browser', { host, origin: evil }, forwarded)
    const publicOrigin = 'https://shop.example'
    letsIn(lesson, 'an older browser', { host, origin: publicOrigin }, { publicOrigin })
    for (const origin of [evil, own, 'http://shop.example'])
      refuses(lesson, 'an older browser', { host, origin }, { publicOrigin })
  },

  async 'in a shop: who is signed in orders, and Mallory does not'(lesson) {
    const shop = createShop(lesson)
    await serving(shop.handler, async (ask) => {
      const { headers } = await ask({ method: 'POST', path: '/auth' })
      const [cookie = ''] = `${headers['set-cookie']}`.split(';')
      const order = async (site: string, headers: Record<string, string>) => {
        const from = { 'sec-fetch-site': site, ...headers }
        const { status } = await ask({ method: 'POST', path: '/order?for=bob', headers: from })
        return status
      }
      const of = 'the status of an order'
      assert.equal(await order('same-origin', { cookie }), 204, `${of} on a page of the shop`)
      assert.equal(await order('same-origin', {}), 401, `${of} by somebody who is not signed in`)
      assert.equal(await order('cross-site', { cookie }), 403, `${of} on a page of Mallory's`)
      assert.equal(shop.orders.length, 1, 'how many orders there are after that')
    })
  },
} satisfies Checks<typeof solution>
