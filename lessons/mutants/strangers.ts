import type { Handler } from '../../example/http/types.ts'
import { forge } from './forge.ts'
import type { Make } from './start.ts'

/**
 * Servers that say the same to everybody, whatever is asked. A test that is green on all of them,
 * and on all mutants, has never been seen red.
 */
export const strangers: ReadonlyArray<{ name: string; make: Make }> = [
  200, 401, 404, 405, 413, 500, 503,
].map((status) => ({ name: `says ${status} to everything`, make: () => always(status) }))

function always(status: number): Handler {
  const token = forge('')
  const headers = { authorization: token, 'set-cookie': `session=${token}` }
  return async (_req, res) => {
    res.writeHead(status, headers)
    res.end('{}')
  }
}
