import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import t from 'tap'
import { challenge, readBearer } from '../../example/http/bearer.ts'
import { HttpError } from '../../example/http/errors.ts'
import { readFields } from '../../example/http/form.ts'
import { contentTypes, reply } from '../../example/http/reply.ts'
import { createRouter } from '../../example/http/router.ts'
import type { Handler, HttpRequest } from '../../example/http/types.ts'
import { decode } from '../../example/token/decode.ts'
import { TokenError } from '../../example/token/errors.ts'
import checks from '../../lessons/05-the-server/check.ts'
import * as exercise from '../../lessons/05-the-server/exercise.ts'
import * as solution from '../../lessons/05-the-server/solution.ts'
import { runChecks } from '../../lessons/checks.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'
import { failureOf, learnersRead } from './what-learners-read.ts'

type Lesson = typeof solution
type Deps = Parameters<Lesson['createServerHandler']>[0]
type Parts = Record<'auth' | 'guarded', (deps: Deps) => Handler>

/** The server of the exercise, with these two handlers in it. */
function server({ auth, guarded }: Parts): Lesson {
  return {
    firstStep: solution.firstStep,
    createServerHandler(deps) {
      const home: Handler = async (_req, res) =>
        reply(res, { status: 200, type: 'html', body: 'Hi' })
      const route = createRouter({
        '/home': { GET: home },
        '/auth': { POST: auth(deps) },
        '/private': { GET: guarded(deps) },
      })
      return async (req, res) => {
        try {
          await route(req)(req, res)
        } catch (error) {
          const refusal = error instanceof HttpError ? error : new HttpError(500, 'Our mistake')
          reply(res, { ...refusal, type: 'json', body: JSON.stringify({ error: refusal.message }) })
        }
      }
    },
  }
}

const json = (body: object, status = 200, headers = {}) =>
  ({ status, type: 'json', body: JSON.stringify(body), headers }) as const

const read = (req: HttpRequest) => readFields(req, ['username', 'password'], 16_384)

/** What is right, as a reply and a return for each refusal. */
const right: Parts = {
  auth: (deps) => async (req, res) => {
    const subject = deps.checkCredentials(await read(req))
    if (!subject) return reply(res, json({ error: 'no' }, 401, challenge()))
    const access_token = await deps.issueToken(subject)
    return reply(res, json({ access_token, token_type: 'bearer', expires_in: 60 }))
  },
  guarded: (deps) => async (req, res) => {
    const token = readBearer(req.headers.authorization)
    if (token === undefined) return reply(res, json({}, 401, challenge()))
    try {
      const { sub } = await deps.verifyToken(token)
      return reply(res, json({ subject: sub, more: 'than was asked for' }))
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      return reply(res, json({}, 401, challenge('invalid_token')))
    }
  },
}

/** Nothing but node, and other words where there is a choice. */
function withNodeAlone(deps: Deps): RequestListener {
  const send = (res: ServerResponse, status: number, body: object, more = {}) => {
    const type = { 'content-type': 'application/json', 'cache-control': 'private, no-store' }
    res.writeHead(status, { ...type, ...more }).end(JSON.stringify(body))
  }
  const bare = { 'www-authenticate': 'Bearer realm="our server"' }
  const invalid = { 'www-authenticate': 'Bearer realm="our server", error="invalid_token"' }

  async function fieldsOf(req: IncomingMessage): Promise<Record<string, unknown> | number> {
    let text = ''
    for await (const chunk of req) text += chunk
    if (text.length > 16_384) return 413
    if (text === '') return {}
    if (req.headers['content-encoding']) return 415
    const type = req.headers['content-type'] ?? ''
    if (type.startsWith('application/x-www-form-urlencoded')) {
      const fields = new URLSearchParams(text)
      return fields.getAll('password').length > 1 ? 400 : Object.fromEntries(fields)
    }
    if (!type.startsWith('application/json')) return 415
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value && !Array.isArray(value) ? { ...value } : 400
    } catch {
      return 400
    }
  }

  return async (req, res) => {
    const { pathname } = new URL(req.url ?? '', 'http://localhost')
    const get = req.method === 'GET' || req.method === 'HEAD'
    if (pathname === '/auth' && req.method === 'POST') {
      const fields = await fieldsOf(req)
      if (typeof fields === 'number') return send(res, fields, {})
      const subject = deps.checkCredentials(fields)
      if (subject === undefined) return send(res, 401, {}, bare)
      const access_token = await deps.issueToken(subject).catch(() => undefined)
      if (access_token === undefined) return send(res, 500, {})
      return send(res, 200, { token_type: 'Bearer', access_token })
    }
    if (pathname === '/home' && get)
      return res.writeHead(200, { 'content-type': contentTypes.html }).end('Hi')
    if (pathname === '/home' || (pathname === '/private' && !get))
      return send(res, 405, {}, { allow: 'HEAD,GET' })
    if (pathname !== '/private') return send(res, 404, {})
    const [scheme = '', token = '', ...rest] = (req.headers.authorization ?? '').split(' ')
    if (scheme.toLowerCase() !== 'bearer') return send(res, 401, {}, bare)
    try {
      const { sub } = await deps.verifyToken(rest.length === 0 ? token : '')
      return send(res, 200, { subject: sub })
    } catch (error) {
      if (error instanceof TokenError) return send(res, 401, {}, invalid)
      return send(res, 503, {})
    }
  }
}

/** A right server whose requests meet this listener first; it tells whether it has answered. */
function behind(first: (req: IncomingMessage, res: ServerResponse) => boolean): Lesson {
  return {
    firstStep: solution.firstStep,
    createServerHandler(deps) {
      const handler = solution.createServerHandler(deps)
      return (req, res) => (first(req, res) ? undefined : handler(req, res))
    },
  }
}

const signsIn = (auth: Parts['auth']) => server({ ...right, auth })
const guards = (guarded: Parts['guarded']) => server({ ...right, guarded })

prove<Lesson>(t, {
  checks,
  right: {
    'the solution': solution,
    'a reply and a return for each refusal': server(right),
    'nothing but node': { ...solution, createServerHandler: withNodeAlone },
    'fields of another make, and more of them': signsIn((deps) => {
      const made = (fields: object) => Object.assign(Object.create(null), fields, { remember: '' })
      return right.auth({ ...deps, checkCredentials: (all) => deps.checkCredentials(made(all)) })
    }),
    'a token that is verified twice at each request': guards((deps) =>
      right.guarded({
        ...deps,
        async verifyToken(token) {
          await deps.verifyToken(token)
          return await deps.verifyToken(token)
        },
      }),
    ),
  },
  wrong: {
    'first step: who hears invalid_token': { ...solution, firstStep: 'no token' },
    'the right user name and password get a token': signsIn((deps) => async (req, res) => {
      const subject = deps.checkCredentials(await read(req))
      if (!subject) return reply(res, json({}, 401, challenge()))
      reply(res, json({ access_token: deps.issueToken(subject), token_type: 'Bearer' })) // no await
    }),
    'a wrong user name or password gets none: 401': signsIn((deps) => async (req, res) => {
      const { username } = await read(req)
      const access_token = await deps.issueToken(String(username))
      reply(res, json({ access_token, token_type: 'Bearer' }))
    }),
    'a good token opens /private, however Bearer is written': guards((deps) => async (req, res) => {
      if (req.headers.authorization && !req.headers.authorization.startsWith('Bearer '))
        return reply(res, json({}, 401, challenge()))
      await right.guarded(deps)(req, res)
    }),
    'no token: 401 and a bare challenge': guards((deps) => async (req, res) => {
      const token = readBearer(req.headers.authorization) ?? ''
      await right.guarded(deps)(
        Object.assign(req, { headers: { authorization: `Bearer ${token}` } }),
        res,
      )
    }),
    'a bad token: 401 and a challenge that says invalid_token': guards((deps) => {
      const believing = async (token: string) => ({ sub: `${decode(token).claims?.sub}` })
      return right.guarded({ ...deps, verifyToken: believing })
    }),
    'a body that can be read in two ways, or in none: 400': signsIn((deps) => async (req, res) => {
      const none = (): Record<string, unknown> => ({})
      const subject = deps.checkCredentials(await read(req).catch(none))
      if (!subject) return reply(res, json({}, 401, challenge()))
      reply(res, json({ access_token: await deps.issueToken(subject), token_type: 'Bearer' }))
    }),
    'a body of another kind: 415': signsIn((deps) => async (req, res) => {
      if (!req.headers['content-type']?.includes('json'))
        req.headers['content-type'] = 'application/x-www-form-urlencoded'
      await right.auth(deps)(req, res)
    }),
    'a body of more than 16384 bytes: 413': signsIn((deps) => async (req, res) => {
      const fields = await readFields(req, ['username', 'password'], 1_000_000)
      const subject = deps.checkCredentials(fields)
      if (!subject) return reply(res, json({}, 401, challenge()))
      reply(res, json({ access_token: await deps.issueToken(subject), token_type: 'Bearer' }))
    }),
    'a wrong method: 405 and what is allowed; an unknown path: 404': behind((req, res) => {
      const wrong = req.method === 'DELETE'
      if (wrong) reply(res, json({}, 405))
      return wrong
    }),
    'checkCredentials decides, and says who it is': signsIn((deps) => async (req, res) => {
      const { username } = await read(req)
      if (!deps.checkCredentials(await read(req))) return reply(res, json({}, 401, challenge()))
      reply(
        res,
        json({ access_token: await deps.issueToken(String(username)), token_type: 'Bearer' }),
      )
    }),
    'verifyToken decides, every time, and says who it is': guards((deps) => {
      const proven = new Map<string, { sub: string }>()
      const remembering = async (token: string) => {
        const claims = proven.get(token) ?? (await deps.verifyToken(token))
        proven.set(token, claims)
        return claims
      }
      return right.guarded({ ...deps, verifyToken: remembering })
    }),
    'something breaks inside: 500, and not a word about it': guards((deps) => async (req, res) => {
      await right
        .guarded(deps)(req, res)
        .catch((error: Error) => {
          reply(res, json({ error: error.message }, 500))
        })
    }),
  },
})

const wrongPair = 'a wrong user name or password gets none: 401'
const noToken = 'no token: 401 and a bare challenge'
let last: string | undefined
alsoRefused(t, checks, {
  'a refusal that says which of the two was wrong': [
    wrongPair,
    signsIn(() => async (req, res) => {
      const { username } = await read(req)
      const body = { error: username === 'ada' ? 'a wrong password' : 'nobody of that name' }
      reply(res, json(body, 401, challenge()))
    }),
  ],
  'a password in the address': [
    wrongPair,
    signsIn((deps) => async (req, res) => {
      const query = new URL(req.url ?? '', 'http://localhost').searchParams
      const checkCredentials = (fields: Record<string, unknown>) =>
        deps.checkCredentials({ ...Object.fromEntries(query), ...fields })
      await right.auth({ ...deps, checkCredentials })(req, res)
    }),
  ],
  'whoever signed in last, where no token came': [
    noToken,
    server({
      auth: (deps) =>
        right.auth({
          ...deps,
          checkCredentials(fields) {
            last = deps.checkCredentials(fields)
            return last
          },
        }),
      guarded: (deps) => async (req, res) => {
        if (last === undefined || req.headers.authorization) return right.guarded(deps)(req, res)
        reply(res, json({ subject: last }))
      },
    }),
  ],
  'HEAD without a token': [
    noToken,
    behind((req, res) => {
      const open = req.method === 'HEAD' && req.headers.authorization === undefined
      if (open) reply(res, json({}))
      return open
    }),
  ],
  'a header that tells what broke': [
    'something breaks inside: 500, and not a word about it',
    guards((deps) => async (req, res) => {
      await right
        .guarded(deps)(req, res)
        .catch(({ message }: Error) => reply(res, json({}, 500, { 'x-error': message })))
    }),
  ],
})

const twice = /^a sign-in with a wrong password: Your handler answered a second time.* was 401$/
/** It sends no and forgets to return; what comes after may take its time. */
const answersTwice = (pause: () => Promise<void>) =>
  signsIn((deps) => async (req, res) => {
    const subject = deps.checkCredentials(await read(req))
    if (!subject) {
      reply(res, json({}, 401, challenge()))
      await pause()
    }
    const access_token = await deps.issueToken(String(subject))
    reply(res, json({ access_token, token_type: 'Bearer' }))
  })

const challenging = (headers: Record<string, string>) =>
  guards((deps) => async (req, res) => {
    if (readBearer(req.headers.authorization) === undefined)
      return reply(res, json({}, 401, headers))
    return right.guarded(deps)(req, res)
  })
const bare = "{ 'www-authenticate': 'Bearer' }"
const sentence = { actual: undefined } // it is not compared

learnersRead<Lesson>(t, checks, {
  'no answer': [
    behind(() => true),
    { said: /form: No answer came within 1.5 seconds$/, ...sentence },
  ],
  'a closed connection': [
    behind((_req, res) => Boolean(res.destroy())),
    { said: /The connection ended/, ...sentence },
  ],
  'a handler that throws': [
    behind(() => {
      throw new Error('oops')
    }),
    { said: /form: Your handler threw, and that ends the process: Error: oops$/, ...sentence },
  ],
  'a handler that answers twice': [answersTwice(async () => {}), { said: twice, ...sentence }],
  'a handler whose second answer is late': [
    answersTwice(() => new Promise((resolve) => setTimeout(resolve, 20))),
    { said: twice, ...sentence },
  ],
  'a body that is not JSON': [
    signsIn(() => async (_req, res) => {
      reply(res, { status: 200, type: 'json', body: 'OK' })
    }),
    { actual: '"undefined"', expected: '"string"' },
  ],
  'a challenge that says too much, as it was sent': [
    challenging(challenge('invalid_token')),
    { actual: `{ 'www-authenticate': 'Bearer error="invalid_token"' }`, expected: bare },
  ],
  'no challenge': [
    challenging({}),
    { actual: "{ 'www-authenticate': undefined }", expected: bare },
  ],
  'the first of two tokens in one header': [
    guards((deps) => async (req, res) => {
      const [first] = (req.headers.authorization ?? '').split(',')
      const headers = { authorization: first || undefined }
      await right.guarded(deps)(Object.assign(req, { headers }), res)
    }),
    { said: /^two good tokens, Bearer \{good\}, Bearer \{good\}$/ },
  ],
})

t.test('a server that is always silent is not waited for as long at each check', async (t) => {
  const said: string[] = []
  for (let judged = 1; judged <= 2; judged += 1) {
    const asked = { [wrongPair]: checks[wrongPair], [noToken]: checks[noToken] }
    for await (const { failure } of runChecks(
      asked,
      behind(() => true),
    ))
      said.push(failure?.said.replace(/^.*: /, '') ?? 'it passed')
  }
  const [long, short] = [1.5, 0.3].map((seconds) => `No answer came within ${seconds} seconds`)
  t.same(said, [long, short, long, short], 'and the next run gives as much time as the first')
})

t.test('the exchange that is shown is the one that failed', async (t) => {
  const others: Record<string, [Lesson, object]> = {
    'another subject': [
      guards((deps) => right.guarded({ ...deps, verifyToken: async () => ({ sub: 'eve' }) })),
      { method: 'GET', headers: { authorization: /^Bearer / } },
    ],
    'JSON alone gets a bad token': [
      signsIn((deps) => (req, res) => {
        const isJson = req.headers['content-type'] === 'application/json'
        const issueToken = isJson ? async () => 'a.b.c' : deps.issueToken
        return right.auth({ ...deps, issueToken })(req, res)
      }),
      { path: '/auth', headers: { 'content-type': 'application/json' } },
    ],
    'no HEAD': [
      behind((req, res) => {
        if (req.method !== 'HEAD') return false
        reply(res, json({}, 405))
        return true
      }),
      { method: 'HEAD' },
    ],
  }
  for (const [what, [lesson, request]] of Object.entries(others))
    t.match((await failureOf(checks, lesson)).exchange?.request, request, what)
})

t.test('as shipped it says yes to everybody', async (t) => {
  const passed: string[] = []
  for await (const { name, failure } of runChecks(checks, exercise)) if (!failure) passed.push(name)
  t.same(passed, [
    'the right user name and password get a token',
    'a wrong method: 405 and what is allowed; an unknown path: 404',
  ])
})
