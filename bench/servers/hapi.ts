import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import hapi from '@hapi/hapi'
import * as hapiAuthJwt2 from 'hapi-auth-jwt2'
import jwt from 'jsonwebtoken'
import { contentType, page } from './page.ts'
import { sessionRecords } from './session-records.ts'

// The pair that the original tutorial leads to, with the session looked up where its README says so.
const key = createSecretKey(randomBytes(32))
const records = sessionRecords(process.env.REDIS_URL ?? '')
const server = hapi.server({ host: '127.0.0.1', port: 0 })
await server.register(hapiAuthJwt2)

server.auth.strategy('jwt', 'jwt', {
  key, // an object made once: with a string, jsonwebtoken would convert it for every request
  verifyOptions: { algorithms: ['HS256'] },
  async validate(claims: { jti: string }) {
    return { isValid: await records.isLive(claims.jti) }
  },
})

server.route({
  method: 'POST',
  path: '/auth',
  async handler(_request, h) {
    const claims = { sub: 'masterbuilder', jti: randomUUID(), iss: 'bench', aud: 'bench/private' }
    await records.start(claims.jti, claims.sub)
    return h.response().header('authorization', jwt.sign(claims, key, { expiresIn: '7d' }))
  },
})

server.route({
  method: 'GET',
  path: '/private',
  options: { auth: 'jwt' },
  handler: (_request, h) => h.response(page).type(contentType),
})

await server.start()
process.stdout.write(`Ready at ${server.info.uri}\n`)
