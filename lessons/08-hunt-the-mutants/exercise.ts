// Write tests that find the wrong servers. Each test gets a fresh server and throws when a promise is
// broken. Nothing here may throw on the right server.
import assert from 'node:assert/strict'
import { bearer } from '../../lessons/mutants/forge.ts'
import type { Tests } from '../../lessons/mutants/types.ts'

export const firstStep: 'equal 503' | 'notEqual 200' | 'notEqual 401' | undefined = undefined // TODO: first step

export const tests: Tests = {
  async 'with a good token: 200'(server) {
    const { token } = await server.signIn()
    const { status } = await server.get('/private', bearer(token))
    assert.equal(status, 200)
  },

  // TODO: this test lies: it is green whatever the server answers. Fix it.
  async 'after sign-out, with the old token: 401'(server) {
    const { token } = await server.signIn()
    await server.post('/logout', bearer(token))
    await server.get('/private', bearer(token))
    assert.equal(401, 401)
  },

  // TODO: one test for each promise of the page, until nine servers are found.
  //
  // `forge(token, …)`, to be imported beside `bearer`, returns the token changed and signed again:
  //   forge(token, { claims: { sub: 'eve' } })     another claim
  //   forge(token, { header: { alg: 'HS512' } })   another header; `alg: 'none'` has no signature
  //   forge(token, { secret: 'some string' })      another secret; without it, the server's own
}
