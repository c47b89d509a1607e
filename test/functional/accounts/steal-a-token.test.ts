// The page /family plays a client and a thief, so that anybody can see a stolen refresh token being noticed.
import t from 'tap'
import { call, member, refresh, testAccounts } from '../../support/accounts.ts'

type Environment = Record<string, string>

async function ada(environment: Environment = {}) {
  const server = await testAccounts({ environment })
  const { access_token: token } = await member(server)
  const post = async (line: string, body: object = {}) => {
    const { status, headers } = await call(server, `POST ${line}`, { token, body })
    return { status, location: headers.location }
  }
  /** What the page says, as text. */
  const look = async () => {
    const { status, body } = await call(server, 'GET /family', { token })
    const text = body.slice(body.indexOf('<main'), body.indexOf('</main>'))
    return { status, body, text: text.replaceAll(/(?:<[^>]+>|\s)+/g, ' ').replaceAll(' .', '.') }
  }
  return {
    server,
    post,
    look,
    begin: () => post('/family'),
    /** Uses a refresh token, a second later. */
    use: (name: string, by = 'client') => {
      server.clock.now += 1
      return post('/family/use', { token: name, by })
    },
    /** The refresh tokens that the page holds, and behind them the access token. */
    tokens: async () =>
      [...(await look()).body.matchAll(/name="token" value="([^"]+\.[^"]+)"/g)].map(([, token]) =>
        String(token),
      ),
  }
}

t.test('begins with a button, and signs a client in', async (t) => {
  const { server, begin, look } = await ada()
  t.match((await look()).text, /Sign a client in/)
  t.strictSame(await begin(), { status: 303, location: '/family#now' })
  t.match(
    (await look()).text,
    /The family ✓ live .* Its access token ✓ 200 .* holds R1.* R1 current/,
  )
  const families = await server.families.allOf('ada')
  t.strictSame(families.map(({ agent }) => agent).sort(), ['Practice client', 'curl'])
  t.equal(server.events.filter(({ event }) => event === 'signed in').length, 1, 'it is a sign-in')
})

t.test('a thief who comes second is noticed, and the trail tells who used what', async (t) => {
  const { begin, use, look } = await ada()
  await begin()
  await use('R1')
  t.match(
    (await look()).text,
    /The client used R1 and got R2 in its place\. An answer can get lost/,
  )
  t.match(
    (await look()).text,
    /R1 in its grace Used before\. For 10 seconds more, until 03:33:31 UTC/,
  )
  await use('R2')
  t.match(
    (await look()).text,
    /R1 retired Used before\. Whoever shows it ends the family\. .* R3 current/,
  )
  t.strictSame(await use('R1', 'thief'), { status: 303, location: '/family#now' })
  const { text } = await look()
  t.match(text, /The family ✗ ended an old token was used Its access token ✗ 401/)
  t.match(text, /The thief used R1, which had been used before\. Two hold the same token/)
  t.match(
    text,
    /The client used R1\. It brought R2\..*The client used R2\. It brought R3\..*The thief used R1\. Noticed/,
  )
  t.match(text, /Begin again/)
  t.notMatch(text, /Client uses/, 'nothing is left to use')
})

t.test('a thief who comes first is noticed when the client comes', async (t) => {
  const { server, begin, use, look } = await ada()
  await begin()
  await use('R1', 'thief')
  t.match(
    (await look()).text,
    /The thief used R1 and got R2 in its place\. Nothing gives a thief away/,
  )
  server.clock.now += 10
  await use('R1', 'client')
  t.match((await look()).text, /The client used R1, which had been used before/)
})

t.test('the grace is shown while it lasts', async (t) => {
  const { server, begin, use, look } = await ada()
  await begin()
  await use('R1')
  await use('R1', 'thief')
  t.match(
    (await look()).text,
    /The thief used R1 once more and got R2 again.*no alarm before 03:33:31 UTC/,
  )
  server.clock.now += 9
  t.match((await look()).text, /R1 retired/)
  await use('R2')
  server.clock.now += 10
  t.match((await look()).text, /The client used R2 and got R3 in its place\. R2 is retired/)
})

t.test('the tokens of the page are those of POST /refresh, signed again', async (t) => {
  const { server, begin, use, look, tokens } = await ada()
  await begin()
  const [first = ''] = await tokens()
  server.clock.now += 3
  const { refresh_token: second } = await refresh(server, first)
  t.strictSame((await tokens()).slice(0, 2), [first, second])
  server.clock.now += 3
  const { refresh_token: third, access_token } = await refresh(server, second)
  t.strictSame((await tokens()).slice(0, 3), [first, second, third])
  t.equal((await call(server, 'GET /welcome', { token: access_token })).status, 200)
  const answered = async () =>
    (await call(server, 'GET /welcome', { token: `${(await tokens()).at(-1)}` })).status
  t.equal(await answered(), 200, 'the access token, too')
  t.match((await look()).text, /Unknown device used R2\. It brought R3\./)
  await use('R1', 'thief')
  t.equal(await answered(), 401, 'as the page says')
})

t.test('an access token whose time is over is no sign of a theft', async (t) => {
  const { server, begin } = await ada()
  await begin()
  server.clock.now += 901
  const { access_token: token } = await member(server)
  const { body } = await call(server, 'GET /family', { token })
  t.match(body, /live.*401.*its time is over: refresh/s)
})

t.test('one client at a time: the one before is gone', async (t) => {
  const { server, begin, use, look } = await ada()
  await begin()
  await use('R1')
  await begin()
  t.match((await look()).text, /holds R1, its first refresh token/)
  t.equal((await server.families.allOf('ada')).length, 2)
  t.strictSame(await use('R2'), { status: 303, location: '/family#now' }, 'of a page left open')
  t.match((await look()).text, /Nobody has used one yet/, 'nothing was used')
})

t.test('a client that was signed out among the devices', async (t) => {
  const { server, post, begin, look } = await ada()
  await begin()
  const family = (await server.families.allOf('ada')).find(
    ({ agent }) => agent === 'Practice client',
  )
  await post('/sessions/end', { id: `${family?.id}` })
  t.match(
    (await look()).text,
    /The family ✗ ended signed out, or over .* the client was signed out/,
  )
})

t.test('what the record has forgotten is not made up', async (t) => {
  const { begin, use, look } = await ada()
  await begin()
  for (let nth = 1; nth <= 20; nth++) await use(`R${nth}`)
  const { text } = await look()
  t.match(text, /remembers no more uses\. Begin again\. Its tokens Access .* Begin again/)
  t.notMatch(text, /R20|Client uses/)
})

t.test('the settings change what the page says', async (t) => {
  const strict = await ada({ REFRESH_GRACE: '0' })
  await strict.begin()
  await strict.use('R1')
  t.match((await strict.look()).text, /R1 is retired.*R1 retired.*there is no grace here/)

  const none = await ada({ REFRESH_POLICY: 'noRefresh' })
  await none.begin()
  await none.use('R1', 'thief')
  t.match(
    (await none.look()).text,
    /noRefresh here.*R1, and it stays good.*Good until it ends.*R1\. It stays good/,
  )

  const window = await ada({ REFRESH_POLICY: 'window' })
  t.match((await window.look()).text, /There is nothing to see here/)
})

t.test('a name that a program gives itself is text', async (t) => {
  const { server, begin, look, tokens } = await ada()
  await begin()
  const names = ['<script>alert(1)</script>', 'constructor', `${'\u05d0'.repeat(10_000)}\u202e`]
  for (const name of names) {
    const headers = { 'user-agent': name }
    const [token = ''] = (await tokens()).slice(-2)
    await call(server, 'POST /refresh', { token, headers })
  }
  const { body } = await look()
  t.notMatch(body, /<script|function|\u202e/)
  t.match(body, /<bdi>&lt;script&gt;alert\(1\)&lt;&#x2F;script&gt;<\/bdi>/)
  t.match(body, /<bdi>constructor<\/bdi>/)
  t.match(body, /<bdi>\u05d0{60}<\/bdi>/)
})

t.test('is for those who are signed in, and absent outside teaching mode', async (t) => {
  const { app } = await testAccounts()
  for (const line of ['GET /family', 'POST /family', 'POST /family/use'])
    t.equal((await call({ app }, line)).status, 401, line)
  const production = await ada({ NODE_ENV: 'production' })
  t.equal((await production.look()).status, 404)
  t.equal((await production.begin()).status, 404)
})
