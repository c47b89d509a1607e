import assert, { AssertionError } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createApp } from '../../example/sessions/app.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { credentialsOf } from '../../example/sessions/credentials.ts'
import { sessionKey, sessionPolicy } from '../../example/sessions/policy.ts'
import { newSecret } from '../../example/sessions/secret.ts'
import { openStore } from '../../example/store/open.ts'
import { issue } from '../../example/token/issue.ts'
import { isJsonObject } from '../../example/token/json.ts'
import { keySet } from '../../example/token/key.ts'
import { verify } from '../../example/token/verify.ts'
import type { Checks } from '../checks.ts'
import { type Answer, type Ask, forgetExchanges, type NoAnswer, serving } from '../exchange.ts'
import type * as solution from './solution.ts'

// Every request goes to the app of example/sessions and to your server: their answers have to agree
// in status, kind of body, challenge and allowed methods.

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const right = 'username=ada&password=open+sesame'
const filled = (bytes: number) => `${right}&fill=`.padEnd(bytes, 'x')

export default {
  async 'the right user name and password get a token'(lesson) {
    const [answer] = await agree(lesson, {
      'a sign-in by a form': signIn(form, right),
      'a sign-in by a form that names its charset': signIn(`${form}; charset=utf-8`, right),
      'a sign-in by JSON': signIn(json, '{"username":"ada","password":"open sesame"}'),
    })
    const { access_token, token_type } = read(answer)
    assert.equal(typeof access_token, 'string', 'the type of access_token in the body')
    assert.equal(await subjectOf(access_token), 'ada', 'the subject of the access_token')
    assert.equal(`${token_type}`.toLowerCase(), 'bearer', 'token_type, in small letters')
  },

  async 'a wrong user name or password gets none: 401'(lesson) {
    await agree(lesson, {
      'a sign-in with a wrong password': signIn(form, 'username=ada&password=guess'),
      'a sign-in with a wrong user name': signIn(form, 'username=bob&password=open+sesame'),
      'a sign-in without a password': signIn(form, 'username=ada'),
      'a password that is a list': signIn(json, '{"username":"ada","password":["open sesame"]}'),
      'a sign-in without a body': ask('POST', '/auth'),
    })
  },

  async 'a good token opens /private, however Bearer is written'(lesson) {
    const [answer] = await agree(lesson, {
      'a good token': open('Bearer {good}'),
      'a good token behind bearer in small letters': open('bearer {good}'),
      'a good token behind BEARER in capitals': open('BEARER {good}'),
      'HEAD, which asks for the head of the answer alone': open('Bearer {good}', 'HEAD'),
    })
    assert.equal(read(answer).subject, 'bob', 'the subject in the body, with a token about bob')
  },

  async 'no token: 401 and a bare challenge'(lesson) {
    await agree(lesson, {
      'no Authorization header': ask('GET', '/private'),
      'another scheme': open('Basic YWRhOm9wZW4gc2VzYW1l'),
      'a good token in the URL': ask('GET', '/private?access_token={good}'),
    })
  },

  async 'a bad token: 401 and a challenge that says invalid_token'(lesson) {
    const [header, , signature] = (await tokenFor('bob')).split('.')
    const audience = 'https://other.example'
    await agree(lesson, {
      'a word that is no token': open('Bearer rubbish'),
      'claims that Mallory wrote': open(`Bearer ${header}.${encode({ sub: 'ada' })}.${signature}`),
      'a token with alg none': open(`Bearer ${encode({ alg: 'none' })}.${encode({ sub: 'ada' })}.`),
      'a token signed with another secret': open(
        `Bearer ${await tokenFor('ada', { key: sessionKey(newSecret()) })}`,
      ),
      'a token that has expired': open(
        `Bearer ${await tokenFor('ada', { now: now - lifetimeSeconds })}`,
      ),
      'a token for another audience': open(
        `Bearer ${await tokenFor('ada', { policy: { ...policy, audience } })}`,
      ),
      'two good tokens': open('Bearer {good}, Bearer {good}'),
      'Bearer with nothing behind it': open('Bearer'),
    })
  },

  async 'a body that can be read in two ways, or in none: 400'(lesson) {
    await agree(lesson, {
      'JSON that ends too early': signIn(json, '{"username":"ada","password":'),
      'JSON that is no object': signIn(json, '["ada","open sesame"]'),
      'a form with two passwords': signIn(form, `${right}&password=guess`),
    })
  },

  async 'a body of another kind: 415'(lesson) {
    await agree(lesson, {
      'a sign-in by plain text': signIn('text/plain', right),
      'a form that says it is compressed': signIn(form, right, { 'content-encoding': 'gzip' }),
    })
  },

  async 'a body of more than 16384 bytes: 413'(lesson) {
    await agree(lesson, {
      'a right form of 16384 bytes': signIn(form, filled(16_384)),
      'a right form of 16385 bytes': signIn(form, filled(16_385)),
    })
  },

  async 'a wrong method: 405 and what is allowed; an unknown path: 404'(lesson) {
    await agree(lesson, {
      'POST instead of GET': ask('POST', '/private'),
      'DELETE instead of GET': ask('DELETE', '/home'),
      'a page that is not there': ask('GET', '/nowhere'),
      'a page that is there': { path: '/home' },
    })
  },

  async 'what breaks inside: 500, and not a word about it'({ createServerHandler }) {
    const verifyToken = () => Promise.reject(new Error('Cannot read the key file'))
    await asking(createServerHandler({ ...deps, verifyToken }), async (send) => {
      const answer = await send(open('Bearer a.b.c'))
      const { status } = promised(answer)
      if (status !== 503) assert.equal(status, 500, 'verifyToken throws what is no TokenError')
      assert.ok(!answer.body?.includes('key file'), 'The client is told what broke')
    })
  },
} satisfies Checks<typeof solution>

const now = 2_000_000_000
const config = readConfig({
  JWT_SECRET: newSecret(),
  STORE_URL: 'memory:',
  DEMO_USER: 'ada',
  DEMO_PASSWORD: 'open sesame',
  FAILED_SIGN_INS_PER_MINUTE: '1000',
})
const key = sessionKey(config.secret)
const lifetimeSeconds = config.sessionLifetimeSeconds
const policy = sessionPolicy(lifetimeSeconds)
const store = await openStore('memory:')
const app = createApp({ config, store, now: () => now, log: () => {} })
const deps = {
  checkCredentials: credentialsOf(config.account),
  issueToken: (subject: string) => tokenFor(subject),
  verifyToken: (token: string) => verify(token, { keys: keySet(key), policy, now }),
}

/** A token that is good in every way but those that are named. */
function tokenFor(subject: string, other: Partial<Parameters<typeof issue>[1]> = {}) {
  const request = { subject, id: randomUUID(), lifetimeSeconds }
  return issue(request, { key, policy, now, ...other })
}

async function subjectOf(token: unknown): Promise<string> {
  return await deps.verifyToken(`${token}`).then(({ sub }) => sub, String)
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function ask(method: string, path: string, headers: Ask['headers'] = {}): Ask {
  return { method, path, headers: { accept: json, ...headers } }
}

function signIn(type: string, body: string, headers: Ask['headers'] = {}): Ask {
  return { ...ask('POST', '/auth', { 'content-type': type, ...headers }), body }
}

function open(authorization: string, method = 'GET'): Ask {
  return ask(method, '/private', { authorization })
}

/** What the app promises, by what it was asked: learned once. */
const expectations = new Map<string, Record<string, unknown>>()

async function askTheApp(asks: Record<string, Ask>): Promise<void> {
  const unknown = Object.entries(asks).filter(([what]) => !expectations.has(what))
  if (unknown.length === 0) return
  await asking(app, async (send) => {
    const token = `${read(await send(signIn(form, right))).access_token}`
    for (const [what, asked] of unknown)
      expectations.set(what, promised(await send(carrying(token, asked))))
  })
  forgetExchanges() // what is shown with a failure is what your server was asked
}

/** Asks your server what the app was asked, up to the first difference; gives the answers. */
async function agree(lesson: typeof solution, asks: Record<string, Ask>): Promise<Outcome[]> {
  await askTheApp(asks)
  const token = await tokenFor('bob')
  const outcomes: Outcome[] = []
  await asking(lesson.createServerHandler(deps), async (send) => {
    for (const [message, asked] of Object.entries(asks)) {
      const outcome = await send(carrying(token, asked))
      outcomes.push(outcome)
      const [yours, theirs] = [promised(outcome), expectations.get(message) ?? {}]
      const differing = Object.keys(yours).filter((name) => yours[name] !== theirs[name])
      if (differing.length === 0) continue
      const [actual, expected] = [yours, theirs].map((all) =>
        Object.fromEntries(differing.map((name) => [name, all[name]])),
      )
      // Its place is the line of the check that asked, and the line of the handler that threw.
      const place = { operator: 'equal', stackStartFn: agree }
      const error = new AssertionError({ message, actual, expected, ...place })
      error.stack += `\n${outcome.stack ?? ''}`
      throw error
    }
  })
  return outcomes
}

/** What an answer promises, as far as two right servers have to agree. */
function promised({ status, headers = {}, missing }: Outcome): Record<string, unknown> {
  if (missing !== undefined) return { status: missing }
  const { 'content-type': type, 'www-authenticate': challenge, allow } = headers
  const error = /error="?\w+"?/.exec(challenge ?? '')?.[0]
  const bare = challenge?.replace(/ .*/, '')
  return {
    status,
    'content-type': type?.split(';', 1)[0]?.trim() ?? 'none',
    'www-authenticate': error === undefined ? (bare ?? 'none') : `${bare} ${error}`,
    allow: allow?.split(/ *, */).sort().join(', ') ?? 'none',
  }
}

function carrying(token: string, { path = '/', headers = {}, ...rest }: Ask): Ask {
  const put = (text: string) => text.replaceAll('{good}', token)
  const carried = Object.entries(headers).map(([name, value]) => [name, put(value)])
  return { ...rest, path: put(path), headers: Object.fromEntries(carried) }
}

function read({ body = '' }: Outcome = {}): Record<string, unknown> {
  const value: unknown = JSON.parse(body)
  return isJsonObject(value) ? value : {}
}

/** An answer, or why there is none. */
interface Outcome extends Partial<Answer> {
  readonly missing?: string
  readonly stack?: string | undefined
}

/** Serves a handler while it is asked; one that throws or keeps silent has an outcome, too. */
async function asking(
  handler: RequestListener,
  use: (send: (asked: Ask) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  assert.equal(typeof handler, 'function', 'the type of createServerHandler(deps)')
  const thrown: unknown[] = []
  const listener: RequestListener = async (req, res) => {
    try {
      await handler(req, res)
    } catch (error) {
      thrown.push(error)
      res.destroy()
    }
  }
  await serving(listener, (ask) =>
    use(async (asked) => {
      const silent = (error: NoAnswer) => ({ missing: `none. ${error.message}` })
      const outcome = await ask({ ...asked, seconds: 1.5 }).catch(silent)
      if (thrown.length === 0) return outcome
      const [error] = thrown
      const missing = `none. The handler threw, and that ends the process: ${error}`
      return error instanceof Error ? { missing, stack: error.stack } : { missing }
    }),
  )
}
