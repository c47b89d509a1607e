import assert from 'node:assert/strict'
import { bearer, forge } from '../../lessons/mutants/forge.ts'
import type { ServerUnderTest, Tests } from '../../lessons/mutants/types.ts'

export const firstStep: 'equal 503' | 'notEqual 200' | 'notEqual 401' | undefined = 'equal 503'

const week = 7 * 86_400 // seconds: how long a session lasts

/** The status that the private page gives to whoever carries this token. */
async function visit(server: ServerUnderTest, token: string): Promise<number> {
  return (await server.get('/private', bearer(token))).status
}

/** What the session server promises: one test for each promise. */
export const tests: Tests = {
  async 'with a good token: 200'(server) {
    const { token } = await server.signIn()
    assert.equal(await visit(server, token), 200)
  },
  async 'whatever the case of the scheme: 200'(server) {
    const { token } = await server.signIn()
    const answer = await server.get('/private', { authorization: `bEARER ${token}` })
    assert.equal(answer.status, 200)
  },
  async 'after sign-out, with the old token: 401'(server) {
    const { token } = await server.signIn()
    await server.post('/logout', bearer(token))
    assert.equal(await visit(server, token), 401)
  },
  async 'a second sign-out: 401'(server) {
    const { token } = await server.signIn()
    await server.post('/logout', bearer(token))
    assert.equal((await server.post('/logout', bearer(token))).status, 401)
  },
  async 'one sign-out ends one session'(server) {
    const [here, there] = [await server.signIn(), await server.signIn()]
    await server.post('/logout', bearer(here.token))
    assert.equal(await visit(server, there.token), 200)
  },
  async 'GET /logout with a cookie ends nothing'(server) {
    const { token, cookie } = await server.signIn()
    await server.get('/logout', { cookie })
    assert.equal(await visit(server, token), 200)
  },
  async 'in the second of its expiry: 401'(server) {
    const { token } = await server.signIn()
    server.wait(week)
    assert.equal(await visit(server, token), 401)
  },
  async 'signed with another secret: 401'(server) {
    const { token } = await server.signIn()
    assert.equal(await visit(server, forge(token, { secret: 'of Mallory' })), 401)
  },
  async 'with alg none: 401'(server) {
    const { token } = await server.signIn()
    assert.equal(await visit(server, forge(token, { header: { alg: 'none' } })), 401)
  },
  async 'for another audience: 401'(server) {
    const { token } = await server.signIn()
    assert.equal(await visit(server, forge(token, { claims: { aud: 'photos' } })), 401)
  },
  async 'records out of reach: 503, neither yes nor no'(server) {
    const { token } = await server.signIn()
    server.breakStore()
    assert.equal(await visit(server, token), 503)
  },
  async 'no sign-in without a record: 503'(server) {
    server.breakStore()
    assert.equal((await server.signIn()).status, 503)
  },
  async 'more than 16384 bytes: 413'(server) {
    assert.equal((await server.post('/auth', {}, 'x'.repeat(16_385))).status, 413)
  },
  async 'a page that is not there: 404'(server) {
    assert.equal((await server.get('/exit')).status, 404)
  },
}
