import assert from 'node:assert/strict'
import { newSecret } from '../../example/server/secret.ts'
import { sessionKey } from '../../example/sessions/policy.ts'
import { TokenError } from '../../example/token/errors.ts'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { segment } from '../mutants/forge.ts'
import { agree, read } from '../two-servers/agree.ts'
import { deps, lifetimeSeconds, now, policy, subjectOf, tokenFor } from '../two-servers/app.ts'
import { answered, asking } from '../two-servers/asking.ts'
import { ask, form, json, open, right, signIn } from '../two-servers/requests.ts'
import type * as solution from './solution.ts'

// Every request goes to the app of example/sessions and to your server: their answers have to agree
// in status, kind of body, challenge and allowed methods.

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'no token': {
    thinkAgain: 'Ada opened the page without one in the demonstration. What did she hear?',
  },
  'wrong password': { thinkAgain: 'Ada mistyped hers in the demonstration. What did she hear?' },
  'expired token': 'right',
}

const filled = (bytes: number) => `${right}&fill=`.padEnd(bytes, 'x')

export default {
  'first step: who hears invalid_token'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'the right user name and password get a token'(lesson) {
    const asks = {
      'a sign-in by a form': signIn(form, right),
      'a sign-in by a form that names its charset': signIn(`${form}; charset=utf-8`, right),
      'a sign-in by JSON': signIn(json, '{"username":"ada","password":"open sesame"}'),
    }
    await agree(lesson, asks, async (answer) => {
      const { access_token, token_type } = read(answer)
      assert.equal(typeof access_token, 'string', 'the type of access_token in the body')
      assert.equal(await subjectOf(access_token), 'ada', 'the subject of the access_token')
      assert.equal(`${token_type}`.toLowerCase(), 'bearer', 'token_type, in small letters')
    })
  },

  async 'a wrong user name or password gets none: 401'(lesson) {
    const pair = {
      'a sign-in with a wrong password': signIn(form, 'username=ada&password=guess'),
      'a sign-in with a wrong user name': signIn(form, 'username=bob&password=open+sesame'),
    }
    const bodies: unknown[] = []
    await agree(lesson, pair, ({ body }) => {
      bodies.push(body)
      assert.equal(body, bodies[0], 'the body: a wrong user name gets the same as a wrong password')
    })
    await agree(lesson, {
      'a sign-in without a password': signIn(form, 'username=ada'),
      'a password that is an array': signIn(json, '{"username":"ada","password":["open sesame"]}'),
      'a sign-in without a body': ask('POST', '/auth'),
      'the right user name and password in the URL': ask('POST', `/auth?${right}`),
    })
  },

  async 'a good token opens /private, however Bearer is written'(lesson) {
    const asks = {
      'a good token': open('Bearer {good}'),
      'a good token after bearer in small letters': open('bearer {good}'),
      'a good token after BEARER in capitals': open('BEARER {good}'),
    }
    await agree(lesson, asks, (answer) => {
      assert.equal(read(answer).subject, 'bob', 'the subject in the body, with a token about bob')
    })
    await agree(lesson, {
      'HEAD, which asks only for the head of the answer': open('Bearer {good}', 'HEAD'),
    })
  },

  async 'no token: 401 and a bare challenge'(lesson) {
    await agree(lesson, {
      'a right sign-in, before somebody else asks': signIn(form, right),
      'no Authorization header': ask('GET', '/private'),
      'HEAD without an Authorization header': ask('HEAD', '/private'),
      'another scheme': open('Basic YWRhOm9wZW4gc2VzYW1l'),
      'a good token in the URL': ask('GET', '/private?access_token={good}'),
    })
  },

  async 'a bad token: 401 and a challenge that says invalid_token'(lesson) {
    const [header, , signature] = (await tokenFor('bob')).split('.')
    const audience = 'https://other.example'
    await agree(lesson, {
      'a word that is not a token': open('Bearer rubbish'),
      'claims that Mallory wrote': open(`Bearer ${header}.${segment({ sub: 'ada' })}.${signature}`),
      'a token with alg none': open(
        `Bearer ${segment({ alg: 'none' })}.${segment({ sub: 'ada' })}.`,
      ),
      'a token signed with another secret': open(
        `Bearer ${await tokenFor('ada', { key: sessionKey(newSecret()) })}`,
      ),
      'a token that has expired': open(
        `Bearer ${await tokenFor('ada', { now: now - lifetimeSeconds })}`,
      ),
      'a token for another audience': open(
        `Bearer ${await tokenFor('ada', { policy: { ...policy, audience } })}`,
      ),
      'two good tokens, Bearer {good}, Bearer {good}': open('Bearer {good}, Bearer {good}'),
      'Bearer with nothing after it': open('Bearer'),
    })
  },

  async 'a body that can be read in two ways, or in none: 400'(lesson) {
    await agree(lesson, {
      'JSON that ends too early': signIn(json, '{"username":"ada","password":'),
      'JSON that is not an object': signIn(json, '["ada","open sesame"]'),
      'a form with two passwords': signIn(form, `${right}&password=guess`),
    })
  },

  async 'a body of another kind: 415'(lesson) {
    await agree(lesson, {
      'a sign-in by plain text': signIn('text/plain', right),
      'a form that says it is compressed': signIn(form, right, { 'content-encoding': 'gzip' }),
    })
  },

  async 'a body of more than 16384 bytes: 413'(lesson) {
    await agree(lesson, {
      'a right form of 16384 bytes': signIn(form, filled(16_384)),
      'a right form of 16385 bytes': signIn(form, filled(16_385)),
    })
  },

  async 'a wrong method: 405 and what is allowed; an unknown path: 404'(lesson) {
    await agree(lesson, {
      'POST instead of GET': ask('POST', '/private'),
      'DELETE instead of GET': ask('DELETE', '/home'),
      'a page that is not there': ask('GET', '/nowhere'),
      'a page that is there': { path: '/home' },
    })
  },

  async 'checkCredentials decides, and says who it is'(lesson) {
    const checkCredentials = ({ username, password }: Record<string, unknown>) =>
      username === 'Eve@example' && password === ' x ' ? 'eve' : undefined
    await asking(lesson, { ...deps, checkCredentials }, async (send) => {
      const answer = answered(await send(signIn(form, 'username=Eve%40example&password=+x+')))
      const known = 'checkCredentials knows this name and this password: the status'
      assert.equal(answer.status, 200, known)
      const subject = await subjectOf(read(answer).access_token)
      assert.equal(subject, 'eve', 'checkCredentials gave eve: the subject of the access_token')
    })
  },

  async 'verifyToken decides, every time, and says who it is'(lesson) {
    let over = false
    const verifyToken = async () => {
      if (over) throw new TokenError('expiry', 'it has expired')
      return { sub: 'eve' }
    }
    await asking(lesson, { ...deps, verifyToken }, async (send) => {
      const first = answered(await send(open('Bearer a.b.c')))
      assert.equal(read(first).subject, 'eve', 'verifyToken gave eve: the subject in the body')
      over = true
      const second = answered(await send(open('Bearer a.b.c')))
      assert.equal(second.status, 401, 'a moment later verifyToken refuses that token: the status')
    })
  },

  async 'something breaks inside: 500, and not a word about it'(lesson) {
    for (const [part, asked] of Object.entries({
      verifyToken: open('Bearer a.b.c'),
      issueToken: signIn(form, right),
    }))
      await asking(lesson, { ...deps, [part]: breaks }, async (send) => {
        const { status, headers, body } = answered(await send(asked))
        const what = `${part} throws an error that is not about the token`
        if (status !== 503) assert.equal(status, 500, what)
        const told = JSON.stringify([headers, body])
        assert.ok(!told.includes('key file'), 'The client is told what broke')
      })
  },
} satisfies Checks<typeof solution>

function breaks(): Promise<never> {
  const broken = Promise.reject(new Error('Cannot read the key file'))
  broken.catch(() => {}) // who forgets to await it gets a verdict, too
  return broken
}
