import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { CompactEncrypt, compactDecrypt, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { Level } from 'level'

// The exchange of a refresh token as its users would write it with fastify and jose: the algorithms of our issuer, and the five
// records that it looks up, also in LevelDB: the application, its keys for each use, the user, the sign-in. They are read
// and parsed at every request; but here nothing is sealed, and the keys are in memory, so that of their records nothing is used.
const { FOLDER = '' } = process.env
const db = new Level<string, Entry>(FOLDER, { valueEncoding: 'json' })
const signing = await generateKeyPair('ES256')
const encryption = await generateKeyPair('ECDH-ES+A256KW')
const issuer = 'https://issuer.example/shop'
const app = fastify()

app.post<{ Body: { namespace: string } }>('/token/refresh', async ({ body: { namespace } }) => {
  const sid = randomUUID()
  await db.put(`namespace:${namespace}`, { isOpen: true, maxAccessSeconds: 900 })
  await db.put(`ring:${namespace}:sig`, { kid: 'signing' })
  await db.put(`ring:${namespace}:enc`, { kid: 'encryption' })
  await db.put(`user:${namespace}:ada`, {
    enabled: true,
    name: 'ada',
    groups: ['staff'],
    organisations: [],
  })
  await db.put(`grant:${namespace}:ada:${sid}`, { valid: true })
  const signed = await new SignJWT({ sid })
    .setProtectedHeader({ alg: 'ES256', typ: 'refresh+jwt', kid: 'signing' })
    .setIssuer(issuer)
    .setSubject('ada')
    .setAudience(`${namespace}/refresh`)
    .setIssuedAt()
    .setJti(randomUUID())
    .setExpirationTime('24h')
    .sign(signing.privateKey)
  const token = await new CompactEncrypt(Buffer.from(signed))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'encryption', cty: 'JWT' })
    .encrypt(encryption.publicKey)
  return { token }
})

app.post<{ Body: { namespace: string; refresh_token: string } }>(
  '/token/access',
  async ({ body: { namespace, refresh_token } }, reply) => {
    const [place] = await db.getMany([
      `namespace:${namespace}`,
      `ring:${namespace}:sig`,
      `ring:${namespace}:enc`,
    ])
    if (place?.isOpen !== true) return await reply.code(404).send()
    const { plaintext } = await compactDecrypt(refresh_token, encryption.privateKey)
    const { payload } = await jwtVerify(plaintext, signing.publicKey, {
      algorithms: ['ES256'],
      typ: 'refresh+jwt',
      issuer,
      audience: `${namespace}/refresh`,
    })
    const { sub = '', sid } = payload
    const [user, grant] = await db.getMany([
      `user:${namespace}:${sub}`,
      `grant:${namespace}:${sub}:${sid}`,
    ])
    if (user?.enabled !== true || grant?.valid !== true) return await reply.code(401).send()
    const token = await new SignJWT({
      usr: user.name,
      grp: user.groups,
      org: user.organisations,
      sid,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'signing' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setAudience(namespace)
      .setIssuedAt()
      .setJti(randomUUID())
      .setExpirationTime('15m')
      .sign(signing.privateKey)
    return { token }
  },
)

const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`Ready at ${address}\n`)

type Entry = Readonly<Record<string, unknown>>
