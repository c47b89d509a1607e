import type { Handler } from '../../example/http/types.ts'
import type { AppDeps } from '../../example/sessions/app.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { StoreUnavailable } from '../../example/store/errors.ts'
import { openStore } from '../../example/store/open.ts'
import type { Answer, Ask } from '../exchange.ts'
import { secret } from './forge.ts'
import { like } from './like.ts'
import type { ServerUnderTest } from './types.ts'

/** Makes a server of its parts. */
export type Make = (parts: AppDeps) => Handler

/** Carries a request to a server and brings back the answer. */
export type Carry = (ask: Ask) => Promise<Answer>

type Controls = Pick<ServerUnderTest, 'wait' | 'breakStore'>

const config = readConfig({ JWT_SECRET: secret, STORE_URL: 'memory:' })

/** A new server, with records and a clock that nobody else has, and what a test may do to them. */
export async function start(make: Make): Promise<{ handler: Handler; controls: Controls }> {
  const records = await openStore('memory:')
  const store = like(records, {})
  const silent = () => Promise.reject(new StoreUnavailable('reach the records'))
  let time = 2_000_000_000 // seconds: a day in May 2033
  return {
    handler: make({ config, store, now: () => time, log: () => {} }),
    controls: {
      wait(seconds) {
        time += seconds
      },
      breakStore() {
        Object.assign(store, { get: silent, insert: silent, replace: silent, remove: silent })
      },
    },
  }
}

/** A server as a test sees it, and the answers that it still waits for. */
export function underTest(
  carry: Carry,
  controls: Controls,
): { server: ServerUnderTest; unanswered: ReadonlySet<Promise<Answer>> } {
  const unanswered = new Set<Promise<Answer>>()
  const send = (ask: Ask) => {
    const answer = carry(ask).then(withoutTransport)
    const done = () => unanswered.delete(answer)
    unanswered.add(answer)
    answer.then(done, done)
    return answer
  }
  const post: ServerUnderTest['post'] = (path, headers = {}, body = '') =>
    send({ method: 'POST', path, headers: { ...formType, ...headers }, body })
  const server: ServerUnderTest = {
    ...controls,
    get: (path, headers = {}) =>
      send({ path, headers: { ...('cookie' in headers ? {} : program), ...headers } }),
    post,
    async signIn() {
      const answer = await post('/auth', {}, 'username=masterbuilder&password=itsnosecret')
      const { authorization: token = '', 'set-cookie': cookie = '' } = answer.headers
      return { ...answer, token, cookie: cookie.split(';', 1).join() }
    },
  }
  return { server, unanswered }
}

/** Whoever reads without a cookie is a program: it gets a line of JSON, where a browser gets a page. */
const program = { accept: 'application/json' }
const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** What the socket adds by itself: we do not promise it, and it is never the same twice. */
const transport = ['connection', 'date', 'keep-alive', 'transfer-encoding']

function withoutTransport(answer: Answer): Answer {
  const own = Object.entries(answer.headers).filter(([name]) => !transport.includes(name))
  return { ...answer, headers: Object.fromEntries(own) }
}
