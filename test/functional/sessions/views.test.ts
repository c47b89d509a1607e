import t from 'tap'
import { loadViews } from '../../../example/sessions/views.ts'

const markup = `<script>alert("1")</script>&'\``
const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;&#x2F;script&gt;&amp;&#39;&#x60;'
const demo = { username: 'masterbuilder', password: 'itsnosecret' }

const nothingCame = { path: '/private', username: '', nothingCame: true, refused: false } as const
const refused = { ...nothingCame, nothingCame: false, refused: { canInspect: true } }
const wrong = { ...nothingCame, path: '/auth', username: 'ada', message: 'Wrong' } as const

t.test('every page', async (t) => {
  const views = loadViews({})
  const pages: Array<[name: string, title: string, page: string]> = [
    ['home', 'Sign in', views.home({})],
    ['home, signed in', 'You are signed in', views.home({ subject: 'ada' })],
    ['a refusal', 'Sign in first', views.unauthorized(nothingCame)],
    ['a wrong password', 'Sign in first', views.unauthorized(wrong)],
    ['private', 'The private page', views.privatePage({ subject: 'ada' })],
    ['signed out', 'Signed out', views.signedOut()],
    ['problem', 'Not found', views.problem({ status: 404, title: 'Not found', message: 'No' })],
    ['inspect', 'Inspect a token', views.inspect({})],
  ]
  for (const [name, title, page] of pages) {
    t.test(`${name}: says its language and its title, and has one main heading`, async (t) => {
      t.match(page, /^<!doctype html>\n<html lang="en">/)
      t.match(page, new RegExp(`<title>${title} &middot; Learn JSON Web Tokens</title>`))
      t.equal(page.match(/<h1/g)?.length, 1)
      t.match(page, /<a class="skip" href="#main">.*<main id="main"/s)
    })

    t.test(
      `${name}: loads nothing but our own style sheet and icon, and runs nothing`,
      async (t) => {
        const loaded = [...page.matchAll(/<(?:link|img|script|iframe)[^>]*/g)].map(([tag]) => tag)
        t.same(loaded, [
          '<link rel="icon" href="/favicon.svg" type="image/svg+xml"',
          '<link rel="stylesheet" href="/style.css"',
        ])
        t.notMatch(page, /https?:|<style|\son\w+=|\sstyle=|javascript:/)
      },
    )

    t.test(`${name}: leaves no tag of the template behind`, async (t) => {
      t.notMatch(page, /\{\{|\}\}/)
    })
  }
})

t.test('what a client wrote stands in a page as text, never as markup', async (t) => {
  const views = loadViews({})
  const row = { name: markup, value: markup }
  const inspected = {
    token: markup,
    verdict: markup,
    steps: [
      { id: markup, promise: markup, attack: markup, input: markup, reason: markup, ours: markup },
    ],
    answers: [{ question: markup, answer: markup, why: markup }],
    claims: [{ ...row, inWords: markup, meaning: markup, rfc: markup }],
    session: { sentence: markup, rows: [row] },
  }
  const part = { raw: markup, json: markup }
  const decoded = { header: part, payload: part, signature: part }
  const pages = {
    'a user name that was typed': views.unauthorized({
      ...wrong,
      username: markup,
      message: markup,
    }),
    'a user name on the home page': views.home({ subject: markup }),
    'a user name on the private page': views.privatePage({ subject: markup }),
    'the message of a problem': views.problem({ status: 400, title: markup, message: markup }),
    'a token that does not come apart': views.inspect(inspected),
    'a token that comes apart': views.inspect({ ...inspected, decoded }),
    'an account of the settings': loadViews({ username: markup, password: markup }).home({}),
  }
  for (const [what, page] of Object.entries(pages)) {
    t.test(what, async (t) => {
      t.ok(page.includes(escaped))
      t.notMatch(page, /<script|alert\("/)
    })
  }
})

t.test('the private page is the same for everybody but for the name', async (t) => {
  const { privatePage } = loadViews(undefined)
  const ofAda = privatePage({ subject: 'ada.lovelace' })
  t.equal(ofAda.split('ada.lovelace').length, 3, 'it says the name twice')
  t.equal(privatePage({ subject: 'grace' }), ofAda.replaceAll('ada.lovelace', 'grace'))
})

t.test('the sign-in form', async (t) => {
  const views = loadViews(undefined)

  t.test('sends both fields to /auth, and each has its label', async (t) => {
    const page = views.home({})
    t.match(page, /<form[^>]+ method="post" action="\/auth"/)
    t.match(page, /<label for="username">User name<.*<input id="username" name="username"/s)
    t.match(page, /<label for="password">Password<.*<input id="password" name="password"/s)
    t.match(page, /<input [^>]*type="password" autocomplete="current-password"/)
    t.match(page, /<button type="submit">Sign in</)
  })

  t.test('has no message while nothing is wrong', async (t) => {
    const page = views.home({})
    t.notMatch(page, /role="alert"|aria-invalid|aria-describedby/)
  })

  t.test('ties its message to both fields for those who cannot see it', async (t) => {
    const page = views.unauthorized(wrong)
    t.match(
      page,
      /<p class="message" id="sign-in-message" role="alert" tabindex="-1" autofocus>Wrong<\/p>/,
    )
    const tied = /<input [^>]*aria-invalid="true" aria-describedby="sign-in-message">/g
    t.equal(page.match(tied)?.length, 2)
  })

  t.test('keeps the user name and never a password', async (t) => {
    const page = views.unauthorized(wrong)
    t.match(page, /<input id="username" name="username" value="ada"/)
    t.notMatch(page, /<input id="password"[^>]* value=/)
  })
})

t.test('who is signed in is shown the way to /private, and no form to sign in', async (t) => {
  const page = loadViews(undefined).home({ subject: 'ada' })
  t.match(page, /<h1>You are signed in as ada<\/h1>/)
  t.match(page, /<a href="\/private">/)
  t.notMatch(page, /name="password"/)
})

t.test('every page of somebody says who it is, and has the way out', async (t) => {
  const views = loadViews({})
  const problem = { status: 404, title: 'Not found', message: 'No' }
  const pages = [
    views.home({ subject: 'ada' }),
    views.privatePage({ subject: 'ada' }),
    views.inspect({ subject: 'ada' }),
    views.problem({ ...problem, subject: 'ada' }),
  ]
  const wayOut =
    /Signed in as <strong>ada<\/strong>.*action="\/logout"|action="\/logout".*Signed in as <strong>ada</s
  for (const page of pages) t.match(page, wayOut)
  for (const page of [views.home({}), views.signedOut(), views.problem(problem)])
    t.notMatch(page, /Signed in as|\/logout/)
})

t.test('the link to the page itself is marked', async (t) => {
  const views = loadViews({})
  const current = (page: string) => page.match(/href="([^"]+)" aria-current="page"/)?.[1]
  t.equal(current(views.home({})), '/home')
  t.equal(current(views.privatePage({ subject: 'ada' })), '/private')
  t.equal(current(views.unauthorized(nothingCame)), '/private', 'a refusal stands at its address')
  t.equal(current(views.inspect({})), '/inspect')
  t.equal(current(views.signedOut()), undefined)
})

t.test('a refusal does not look like the front page', async (t) => {
  const [views, outside] = [loadViews({}), loadViews(undefined)]
  t.match(views.unauthorized(nothingCame), /<h1>Sign in first<.*No token came with your request/s)
  t.match(views.unauthorized(refused), /<h1>Sign in first<.*it is not accepted here/s)
  t.match(views.unauthorized(refused), /<a href="\/inspect">Inspect it</, 'and why can be seen')
  t.notMatch(views.unauthorized({ ...refused, refused: { canInspect: false } }), /Inspect it/)
  t.notMatch(outside.unauthorized(refused), /inspect/i, 'but not in production')
  t.match(views.unauthorized(wrong), /<h1>You are not signed in</)
})

t.test('teaching mode', async (t) => {
  const pages = (views: ReturnType<typeof loadViews>) =>
    [views.home({}), views.privatePage({ subject: 'ada' }), views.signedOut()].join('')

  t.test('leads to /inspect from every page', async (t) => {
    t.equal(pages(loadViews({})).match(/<a href="\/inspect">Inspect</g)?.length, 3)
  })
  t.test('leads to the course from every page', async (t) => {
    const views = loadViews({})
    const problem = views.problem({ status: 404, title: 'Not found', message: 'No' })
    for (const page of [views.home({}), views.inspect({}), problem])
      t.equal(page.match(/<code>npm run learn</g)?.length, 1, 'at its foot')
    for (const page of [views.privatePage({ subject: 'ada' }), views.signedOut()])
      t.equal(page.match(/<code>npm run learn</g)?.length, 2, 'and among what to try next')
  })
  t.test('shows the account that it is given', async (t) => {
    t.match(loadViews(demo).home({}), /<code>masterbuilder<.*<code>itsnosecret</)
    t.notMatch(loadViews({}).home({}), /practice server/)
  })
  t.test('leaves no trace when it is off', async (t) => {
    t.notMatch(pages(loadViews(undefined)), /inspect|practice server|npm run/)
  })
})

t.test('the style sheet and the icon are as they are on disk', async (t) => {
  const { css, icon } = loadViews(undefined)
  t.match(css, /prefers-color-scheme: dark/)
  t.match(icon, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
})
