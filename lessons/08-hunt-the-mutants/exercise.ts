// Write tests that find the wrong servers. Each test gets a fresh server and throws when a promise is
// broken. Nothing here may throw on the right server.
import assert from 'node:assert/strict'
import { bearer } from '../../lessons/mutants/forge.ts'
import type { Tests } from '../../lessons/mutants/types.ts'

export const tests: Tests = {
  async 'with a good token: 200'(server) {
    const { token } = await server.signIn()
    const { status } = await server.get('/private', bearer(token))
    assert.equal(status, 200)
  },

  // TODO: this test lies: it is green whatever the server answers. Mend it.
  async 'after sign-out, with the old token: 401'(server) {
    const { token } = await server.signIn()
    await server.post('/logout', bearer(token))
    await server.get('/private', bearer(token))
    assert.equal(401, 401)
  },

  // TODO: one test for each promise of the page, until nine servers are found. `forge`, which stands
  // beside `bearer`, writes tokens that nobody should accept.
}
