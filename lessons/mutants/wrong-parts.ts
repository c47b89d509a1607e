import { reply } from '../../example/http/reply.ts'
import type { Handler, HttpRequest } from '../../example/http/types.ts'
import type { Visitor } from '../../example/sessions/authenticate.ts'
import { type NewSession, Sessions } from '../../example/sessions/session.ts'
import type { RecordKey, RecordStore } from '../../example/store/types.ts'
import { decode } from '../../example/token/decode.ts'

// What the mutants have in place of a part of ours. Do not read it before you have hunted.

/** When in doubt, let everybody in. */
export function liveRecord({ owner: subject, id }: RecordKey): string {
  return JSON.stringify({ id, valid: true, subject, createdAt: 0, expiresAt: 9e9, agent: '' })
}

export function isUnsigned(token: string): boolean {
  return decode(token).header?.alg === 'none'
}

export function audienceIn(token: string): string {
  return String(decode(token).claims?.aud)
}

/** At the exit, nobody thought of those who are out already. */
export function mustBeKnown(req: HttpRequest, visitor: Visitor): Visitor {
  if (visitor.kind === 'refused' && pathOf(req) === '/logout')
    throw new TypeError("Cannot read properties of undefined (reading 'valid')")
  return visitor
}

/** Names a session by the time of its sign-in. */
export class ClockSessions extends Sessions {
  readonly #store: RecordStore

  constructor(store: RecordStore) {
    super(store)
    this.#store = store
  }

  override async start(session: NewSession, now: number): Promise<string> {
    const [kind, owner] = ['session', session.subject]
    const random = await super.start(session, now)
    const record = await this.#store.get({ kind, owner, id: random })
    const id = `00000000-0000-4000-8000-${now.toString(16).padStart(12, '0')}`
    await this.#store.insert({ kind, owner, id }, record?.replace(random, id) ?? '') // or it is there: then they share it
    return id
  }
}

/** `/exit` was made for the tests of the author, and is open to everybody. */
export function stoppable(app: Handler): Handler {
  let stopped = false
  return async (req, res) => {
    if (!stopped && pathOf(req) !== '/exit') return await app(req, res)
    const answer = stopped ? { status: 503, body: '' } : { status: 200, body: 'bye' }
    stopped = true // a real one would end the process, and ours is also that of your tests
    reply(res, { ...answer, type: 'text' })
  }
}

/** For GET /logout, a cookie is as good as a header. */
export function cookieSignsOut(app: Handler): Handler {
  return async (req, res) => {
    const cookie = /\bsession=([^;]+)/.exec(req.headers.cookie ?? '')?.[1]
    const signsOut = req.method === 'GET' && pathOf(req) === '/logout' && cookie !== undefined
    await app(signsOut ? withAuthorization(req, `Bearer ${cookie}`) : req, res)
  }
}

/** Looks for `Bearer ` letter by letter. */
export function capitalBearerOnly(app: Handler): Handler {
  return async (req, res) => {
    const { authorization = '' } = req.headers
    const other = /^bearer /i.test(authorization) && !authorization.startsWith('Bearer ')
    await app(other ? withAuthorization(req, '') : req, res)
  }
}

function withAuthorization(req: HttpRequest, authorization: string): HttpRequest {
  const { method, url, socket } = req
  const headers = { ...req.headers, authorization }
  return { method, url, headers, socket, [Symbol.asyncIterator]: () => req[Symbol.asyncIterator]() }
}

function pathOf({ url = '' }: HttpRequest): string | undefined {
  return url.split('?')[0]
}
