// S71. Deny by default: every route, every method, and everybody who might ask, in one table.
import t from 'tap'
import { call, member, testAccounts } from '../support/accounts.ts'

const open = { nobody: 'open', CLIENT: 'open', ADMIN: 'open' } as const
const signedIn = { nobody: 401, CLIENT: 'open', ADMIN: 'open' } as const
const noCredentials = { nobody: 401, CLIENT: 401, ADMIN: 401 } as const
const administrators = { nobody: 401, CLIENT: 403, ADMIN: 'open' } as const

type Who = 'nobody' | 'CLIENT' | 'ADMIN'
type Expected = 'open' | 401 | 403

const table: Record<string, Record<string, Record<Who, Expected>>> = {
  '/': { GET: open },
  '/signup': { GET: open, POST: open },
  '/signin': { GET: open, POST: noCredentials },
  '/health': { GET: open },
  '/style.css': { GET: open },
  '/favicon.svg': { GET: open },
  '/welcome': { GET: signedIn },
  '/logout': { POST: signedIn },
  '/signed-out': { GET: open },
  '/sessions': { GET: signedIn, DELETE: signedIn },
  '/sessions/end': { POST: signedIn },
  '/sessions/99999999-9999-4999-8999-999999999999': { DELETE: signedIn },
  '/password': { GET: signedIn, POST: signedIn },
  '/password/done': { GET: signedIn },
  '/verify': { GET: open, POST: open },
  '/verify/send': { POST: signedIn },
  '/verify/done': { GET: open },
  '/reset': { GET: open, POST: open },
  '/reset/send': { GET: open, POST: open },
  '/reset/done': { GET: open },
  '/outbox': { GET: open },
  '/users': { GET: administrators },
  '/users/nobody': { DELETE: administrators },
  '/users/nobody/sessions': { GET: administrators, DELETE: administrators },
  '/users/nobody/roles': { PUT: administrators },
  '/users/nobody/enabled': { PUT: administrators },
}

t.test('who may ask what', async (t) => {
  const server = await testAccounts({ environment: { SESSIONS_PER_USER: '1000' } })
  for (const [url, methods] of Object.entries(table)) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const tokens = {
        nobody: undefined,
        CLIENT: (await member(server)).access_token,
        ADMIN: (await member(server, 'root', ['ADMIN'])).access_token,
      }
      for (const [who, token] of Object.entries(tokens)) {
        const { status } = await call(server, `${method} ${url}`, token ? { token } : {})
        const expected = methods[method]?.[who as Who] ?? 405
        if (url === '/logout' && method === 'GET')
          t.equal(status, token ? 200 : 405, `${who} ${method} ${url}`)
        else if (expected === 'open')
          t.notOk([401, 403, 405].includes(status), `${who} ${method} ${url}: ${status}`)
        else t.equal(status, expected, `${who} ${method} ${url}`)
      }
    }
  }
})
