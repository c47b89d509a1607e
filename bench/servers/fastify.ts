import { randomBytes, randomUUID } from 'node:crypto'
import fastifyJwt from '@fastify/jwt'
import fastify from 'fastify'
import { contentType, page } from './page.ts'

// What its users get who follow the README: HS256 with a secret. No session is looked up.
const app = fastify()
await app.register(fastifyJwt, {
  secret: randomBytes(32).toString('base64url'),
  verify: { cache: process.env.TOKEN_CACHE === 'on' },
})

app.post('/auth', async (_req, reply) => {
  const claims = { sub: 'masterbuilder', jti: randomUUID(), iss: 'bench', aud: 'bench/private' }
  reply.header('authorization', app.jwt.sign(claims, { expiresIn: '7d' }))
})

app.get('/private', {
  onRequest: (req) => req.jwtVerify(),
  handler: (_req, reply) => reply.type(contentType).send(page),
})

const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`Ready at ${address}\n`)
