import t from 'tap'
import { loadViews } from '../../../example/accounts/views.ts'

const markup = `<script>alert("1")</script>&'\``
const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;&#x2F;script&gt;&amp;&#39;&#x60;'
const rules = { policy: 'refreshBoth', graceSeconds: 10, lifetimeSeconds: 600 } as const
const device = { id: 'a', device: 'Firefox', address: '::1', since: 'now', seen: 'now' }

/** All pages, with this text wherever somebody may have written one. */
function pagesWith(text: string, teaching = true): Record<string, string> {
  const views = loadViews(teaching)
  const problem = { status: 404, title: 'Not found', message: text }
  const trail = [{ at: 'now', who: text, token: 'R1', came: 'It brought R2.' }]
  const family = { live: true, happened: text, tokens: [{ name: 'R1', text }], trail }
  return {
    'the home page': views.home({}),
    'the home page of somebody': views.home({ subject: text }),
    'sign up': views.signUp({ username: text, message: text }),
    'sign in': views.signIn({ username: text, message: text, refused: true }),
    welcome: views.welcome({ name: text, roles: ['CLIENT'] }),
    'my devices': views.sessions({
      name: text,
      verified: false,
      devices: [{ ...device, device: text }],
    }),
    password: views.password({ name: text, message: text }),
    'a link to verify': views.verify({ user: text, token: text }),
    'a link to reset': views.reset({ user: text, token: text, message: text }),
    'a link that was sent': views.said({ title: text, message: text, mailed: true }),
    outbox: views.outbox({ mails: [{ to: text, subject: text, text, link: text, ago: 'now' }] }),
    'a client and a thief': views.family({ name: text, rules, family }),
    'an inspected token': views.inspect({ subject: text, token: text }),
    'a problem': views.problem({ ...problem, subject: text }),
  }
}

for (const [what, page] of Object.entries(pagesWith('ada')))
  t.test(`${what}: one heading, no script, nothing of the template`, async (t) => {
    t.match(page, /^<!doctype html>\n<html lang="en">/)
    t.match(page, /<title>[^<{]+ &middot; Accounts<\/title>/)
    t.equal(page.match(/<h1/g)?.length, 1)
    t.notMatch(page, /\{\{|\}\}|https?:|<script|<style|\son\w+=|\sstyle=|javascript:/)
  })

for (const [what, page] of Object.entries(pagesWith(markup)))
  t.test(`${what}: what somebody wrote is text`, async (t) => {
    t.notMatch(page, /<script|alert\("/)
    if (what !== 'the home page') t.ok(page.includes(escaped))
  })

t.test('each page marks its own link, and no other', async (t) => {
  const current = (page = '') =>
    [...page.matchAll(/href="([^"]+)" aria-current="page"/g)].map(([, path]) => path)
  const pages = pagesWith('ada')
  t.strictSame(current(pages['my devices']), ['/sessions'])
  t.strictSame(current(pages['a client and a thief']), ['/family'])
  t.strictSame(current(pages['an inspected token']), ['/inspect'])
  t.strictSame(current(pages['sign in']), ['/signin'])
  t.strictSame(current(pages['a problem']), [])
})

t.test('a field that is wrong is marked, and no other', async (t) => {
  const views = loadViews(false)
  const marked = (page: string) =>
    [...page.matchAll(/name="(\w+)"[^>]*aria-invalid="true"/g)].map(([, name]) => name)
  t.strictSame(marked(views.signUp({})), [])
  t.strictSame(marked(views.signUp({ message: 'No', wrong: ['password'] })), ['password'])
  t.strictSame(marked(views.signIn({ message: 'No' })), ['username', 'password'], 'one of them')
  const password = views.password({ name: 'ada', message: 'No', wrong: ['current_password'] })
  t.strictSame(marked(password), ['current_password'])
})

t.test('a sign-in says why it is asked for', async (t) => {
  const views = loadViews(false)
  t.notMatch(views.signIn({}), /class="note"/)
  t.match(views.signIn({ refused: true }), /You were signed in here, and are not any more/)
  t.match(views.signIn({ first: true }), /is for those who are signed in/)
})

t.test('the others can be ended where there are others', async (t) => {
  const { sessions } = loadViews(false)
  const ada = { name: 'ada', verified: true }
  t.notMatch(sessions({ ...ada, devices: [device] }), /value="others"/)
  t.match(sessions({ ...ada, devices: [device, device] }), /value="others"/)
})

t.test('outside teaching mode nothing leads to what is not there', async (t) => {
  const {
    'an inspected token': inspected,
    'a client and a thief': stolen,
    outbox,
    ...pages
  } = pagesWith('ada', false)
  for (const [what, page] of Object.entries(pages))
    t.notMatch(page, /\/inspect|\/family|\/outbox|practice server|refresh\.ts/, what)
})
