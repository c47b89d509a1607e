import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { RedisStore } from 'connect-redis'
import express from 'express'
import session from 'express-session'
import { createClient } from 'redis'
import { contentType, page } from './page.ts'

// A cookie that names a record: no token at all. The settings that the README of express-session recommends.
declare module 'express-session' {
  interface SessionData {
    username: string
  }
}

const client = createClient({ url: process.env.REDIS_URL ?? '' })
await client.connect()

const app = express()
app.use(
  session({
    store: new RedisStore({ client }),
    secret: randomBytes(32).toString('base64url'),
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 7 * 86_400_000 },
  }),
)

app.post('/auth', (req, res) => {
  req.session.username = 'masterbuilder'
  res.end()
})

app.get('/private', (req, res) => {
  if (req.session.username === undefined) return res.status(401).end()
  return res.type(contentType).send(page)
})

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`Ready at http://127.0.0.1:${port}\n`)
})
