import { randomBytes, randomUUID } from 'node:crypto'
import fastifyJwt from '@fastify/jwt'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { contentType, page } from './page.ts'
import { sessionRecords } from './session-records.ts'

// What its users get who follow the README: HS256 with a secret. With REDIS_URL it also looks up the session, with
// USER_RECORDS the user, too: both at once, or IN_TURN, with ioredis as it comes.
const { TOKEN_CACHE, REDIS_URL, USER_RECORDS, IN_TURN } = process.env
const app = fastify()
const records =
  REDIS_URL === undefined
    ? undefined
    : sessionRecords(REDIS_URL, { enableAutoPipelining: IN_TURN !== 'on' })
await app.register(fastifyJwt, {
  secret: randomBytes(32).toString('base64url'),
  verify: { cache: TOKEN_CACHE === 'on' },
})

app.post('/auth', async (_req, reply) => {
  const claims = { sub: 'masterbuilder', jti: randomUUID(), iss: 'bench', aud: 'bench/private' }
  await records?.start(claims.jti, claims.sub)
  if (USER_RECORDS === 'on') await records?.start(claims.sub, claims.sub)
  reply.header('authorization', app.jwt.sign(claims, { expiresIn: '7d' }))
})

const verify = (req: FastifyRequest) => req.jwtVerify<{ jti: string; sub: string }>()
app.get('/private', {
  onRequest: records === undefined ? verify : verifyAndLookUp(records),
  handler: (_req, reply) => reply.type(contentType).send(page),
})

const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`Ready at ${address}\n`)

function verifyAndLookUp({ isLive }: NonNullable<typeof records>) {
  return async (req: FastifyRequest, reply: FastifyReply) => {
    const { jti, sub } = await verify(req)
    const ids = USER_RECORDS === 'on' ? [jti, sub] : [jti]
    const live = await (IN_TURN === 'on' ? allInTurn(ids, isLive) : Promise.all(ids.map(isLive)))
    if (live.includes(false)) await reply.code(401).send()
  }
}

async function allInTurn<T>(ids: string[], ask: (id: string) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (const id of ids) answers.push(await ask(id))
  return answers
}
