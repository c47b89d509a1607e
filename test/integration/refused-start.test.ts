import t from 'tap'
import { SECRET } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { takenPort } from '../support/listening.ts'
import { runServer } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'

// Each sentence is promised where it is made: by the settings, the store and listen(). Here it is what the program
// says, all that it says, and its end: one refusal for each step of a start.

const good = { PORT: '0', STORE_URL: 'memory:', JWT_SECRET: SECRET }

t.test('wrong settings are all listed, by name, and nothing starts', async (t) => {
  const wrong = { PORT: 'x', JWT_SECRET: 'too short', SESSION_LIFETIME: '7' }
  t.same(await runServer({ ...good, ...wrong }), {
    code: 1,
    output: [
      'Cannot start with these settings:',
      '  PORT: must be a whole number',
      '  JWT_SECRET: is 9 bytes long: use 32 or more',
      '  SESSION_LIFETIME: must be a duration such as 90s, 10m, 1h30m or 7d',
      '',
    ].join('\n'),
  })
})

t.test('a .env with an unknown name: refused by that name', async (t) => {
  const folder = temporaryFolder(t, { '.env': 'DEMO_USERNAME=ada\nPORTS=80\n' })
  t.same(await runServer(good, { folder: folder }), {
    code: 1,
    output:
      'Cannot start with these settings:\n  DEMO_USERNAME: is no setting\n  PORTS: is no setting\n',
  })
})

const skip = redisMissing()

t.test('a Redis that hangs: one sentence, without the password', { skip }, async (t) => {
  const redis = await startRedis(t, { password: 'of-redis-for-tests-5uQ' })
  redis.pause()
  t.same(await runServer({ ...good, STORE_URL: redis.url, REDIS_CONNECT_MILLISECONDS: '300' }), {
    code: 1,
    output: `Cannot open the store: Redis at 127.0.0.1:${redis.port} does not answer in time, or still reads its records. Check STORE_URL\n`,
  })
})

t.test('a port that is taken: one sentence, although the store is open', async (t) => {
  const port = await takenPort(t)
  t.same(await runServer({ ...good, PORT: String(port) }), {
    code: 1,
    output: `Cannot listen on 127.0.0.1:${port}: another program does. Set PORT to a free one\n`,
  })
})
