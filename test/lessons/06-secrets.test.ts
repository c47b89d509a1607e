import { createHash, createHmac } from 'node:crypto'
import t from 'tap'
import { newSecret } from '../../example/server/secret.ts'
import { type Key, keySet, secretKey } from '../../example/token/key.ts'
import checks from '../../lessons/06-secrets/check.ts'
import * as exercise from '../../lessons/06-secrets/exercise.ts'
import * as solution from '../../lessons/06-secrets/solution.ts'
import { runChecks } from '../../lessons/checks.ts'
import { guesses, knownWordIn, words } from '../../lessons/dictionary.ts'
import { rehearse } from '../../scripts/lessons/rehearse.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'
import { failureOf } from './what-learners-read.ts'

type Lesson = typeof solution
type Environment = Parameters<Lesson['loadKeys']>[0]

const keyOf = (kid: string, secret: string, bytes: Uint8Array = Buffer.from(secret)) =>
  secretKey({ kid, alg: 'HS256', secret: bytes })
const hash = (secret: string) => createHash('sha512').update(secret).digest('hex')

/** The solution with another loadSecret, which is called where the solution refuses. */
function lenient(instead: (reason: string, env: Environment, name: string) => string): Lesson {
  const loadSecret: Lesson['loadSecret'] = (env, name = 'JWT_SECRET') => {
    try {
      return solution.loadSecret(env, name)
    } catch (error) {
      return instead(String(error), env, name)
    }
  }
  return { ...solution, loadSecret }
}

/** The solution without one of its rules. */
function without(rule: string, otherwise = ''): Lesson {
  return lenient((reason, env, name) => {
    if (!reason.includes(rule)) throw new Error(reason)
    return env[name] || otherwise
  })
}

/** The solution with other keys, the one that signs first. */
function withKeys(choose: (...secrets: string[]) => Key[]): Lesson {
  return {
    ...solution,
    loadKeys(env) {
      const { JWT_SECRET_PREVIOUS: previous } = env
      const old = previous ? [solution.loadSecret(env, 'JWT_SECRET_PREVIOUS')] : []
      const keys = choose(solution.loadSecret(env), ...old)
      return { signingKey: keys[0] ?? keyOf('', ''), keys: keySet(...keys) }
    },
  }
}

/** A key for each secret, under the name that it gets. */
const named = (kidOf: (secret: string, index: number) => string) =>
  withKeys((...secrets) => secrets.map((secret, index) => keyOf(kidOf(secret, index), secret)))

/** The solution, which also accepts what is refused and yet good here. */
const lets = (good: (secret: string, reason: string) => boolean) =>
  lenient((reason, env, name) => {
    const secret = env[name] ?? ''
    if (!good(secret, reason)) throw new Error(reason)
    return secret
  })

/** Reads the text, writes it again and compares; and the bytes themselves are the key. */
const byDecoding: Lesson = {
  firstStep: solution.firstStep,
  loadSecret(env, name = 'JWT_SECRET') {
    const secret = env[name]?.trim()
    if (!secret) throw new TypeError(`${name} is needed`)
    const read = decoded(secret)
    if (read.length < 32 || knownWordIn(secret) || new Set(secret).size < 12)
      throw new RangeError(`${name} is weak: use 32 random bytes`)
    return secret
  },
  loadKeys(env) {
    const given = ['JWT_SECRET', 'JWT_SECRET_PREVIOUS'].filter((name, at) => at === 0 || env[name])
    const keys = given.map((name) => {
      const secret = byDecoding.loadSecret(env, name)
      const kid = createHmac('sha256', secret).update('kid').digest('base64url')
      return keyOf(kid, secret, decoded(secret))
    })
    return { signingKey: keys[0] ?? keyOf('', ''), keys: keySet(...keys) }
  },
}

function decoded(secret: string): Buffer {
  const readings = [
    [Buffer.from(secret, 'hex'), 'hex', secret.toLowerCase()],
    [Buffer.from(secret, 'base64url'), 'base64url', secret],
  ] as const
  const right = readings.find(([bytes, encoding, text]) => bytes.toString(encoding) === text)
  return right?.[0] ?? Buffer.alloc(0)
}

const accepted = 'random bytes are accepted, in hexadecimal and in base64url'
const rule2 = 'rule 2: no characters but those of hexadecimal and base64url'
const rule3 = 'rule 3: fewer than 32 bytes are refused, however many characters write them'
const rule4 = 'rule 4: words of the list are refused, whatever is around them'
const silent = 'nothing that is thrown or printed shows a piece of a secret'
const stillGood = 'during a change, tokens of the old secret are still good'
const newSigns = 'during a change, the new secret signs'
const refusedAfter = 'after the change, tokens of the old secret are refused'
const kids = 'a kid is the same at every start, and tells nothing of the secret'

const everSeen = new Map<string, Key>()
const made = new Map<string, Key>()

prove<Lesson>(t, {
  checks,
  right: {
    'the solution': solution,
    'decoded, and the bytes as the key': byDecoding,
    'a long name for each key': named(hash),
    'each key made once and kept': withKeys((...secrets) =>
      secrets.map((secret) => {
        const key = made.get(secret) ?? keyOf(hash(secret), secret)
        made.set(secret, key)
        return key
      }),
    ),
    'the old key first in the set': {
      ...solution,
      loadKeys(env) {
        const { signingKey, keys } = solution.loadKeys(env)
        return { signingKey, keys: new Map([...keys].reverse()) }
      },
    },
  },
  wrong: {
    'first step: a secret that a generator made': { ...solution, firstStep: 'a'.repeat(43) },
    [accepted]: {
      ...solution,
      loadSecret(env) {
        const secret = solution.loadSecret(env)
        if (!/[g-z]/i.test(secret)) throw new Error('not base64url')
        return secret
      },
    },
    'rule 1: a missing secret is refused, and nothing takes its place': without(
      'is missing',
      newSecret(),
    ),
    [rule2]: without('is neither'),
    [rule3]: lets((secret, reason) => secret.length >= 32 && reason.includes('stands for')), // 32 characters
    [rule4]: without('a word'),
    'rule 5: a secret that repeats a few characters is refused': without('repeats'),
    [silent]: lenient((reason, env, name) => {
      throw new Error(`${reason}: ${env[name]?.slice(0, 8)}…`)
    }),
    [stillGood]: named((_secret, index) => (index === 0 ? 'current' : 'previous')),
    [newSigns]: withKeys((...secrets) =>
      secrets.reverse().map((secret) => keyOf(hash(secret), secret)),
    ),
    [refusedAfter]: withKeys((...secrets) => {
      for (const secret of secrets) everSeen.set(secret, keyOf(hash(secret), secret))
      const [current = ''] = secrets
      const others = [...everSeen.values()].filter(({ kid }) => kid !== hash(current))
      return [keyOf(hash(current), current), ...others]
    }),
    [kids]: named((secret) => secret.slice(0, 8)),
    'different secrets have different kids': named((secret) => hash(secret).slice(0, 2)),
    'the old secret has to keep the same rules; an empty one means none': {
      ...solution,
      loadKeys(env) {
        const { JWT_SECRET_PREVIOUS: previous } = env
        const secrets = [solution.loadSecret(env), ...(previous ? [previous] : [])]
        const [signingKey = keyOf('', ''), ...old] = secrets.map((s) => keyOf(hash(s), s))
        return { signingKey, keys: keySet(signingKey, ...old) }
      },
    },
  },
})

const begins = (secret: string) => words.some((word) => secret.toLowerCase().startsWith(word))
const shown = /of the secret$/
alsoRefused(t, checks, {
  'a good secret with which no server starts': [
    accepted,
    {
      ...solution,
      loadKeys(env) {
        if (!/[g-z]/i.test(env.JWT_SECRET ?? '')) throw new Error('not base64url')
        return solution.loadKeys(env)
      },
    },
    /^no server starts, because loadKeys/,
  ],
  'a secret that is printed': [
    silent,
    lenient((reason, env, name) => {
      console.error(env[name])
      throw new Error(reason)
    }),
    /^loadSecret\(.* shows ".{4,6}" of the secret$/,
  ],
  ...Object.fromEntries(
    ['is neither', 'a word', 'repeats', 'stands for'].map((rule) => [
      `a secret that is told where it breaks the rule "${rule}"`,
      [
        silent,
        lenient((reason, env, name) => {
          throw new Error(reason.includes(rule) ? `${reason}: ${env[name]}` : reason)
        }),
        shown,
      ],
    ]),
  ),
  'base64 in place of base64url': [rule2, lets((secret) => /^[\w+/=]{44}$/.test(secret))],
  'a dot': [rule2, lets((secret) => /^[\w-]+\.[\w-]+$/.test(secret))],
  'a second line': [rule2, lets((secret) => /^[\w-]+$/m.test(secret))],
  'an odd number of hexadecimal digits, read as base64url': [
    rule3,
    lets((secret) => /^[0-9a-f]{43,}$/i.test(secret) && secret.length % 2 === 1),
    /should throw, because two hexadecimal digits, small or capital, stand for one byte$/,
  ],
  'a known word that something stands before': [
    rule4,
    lets((secret) => knownWordIn(secret) !== undefined && !begins(secret)),
  ],
  'the bytes of a secret in hexadecimal as its kid': [
    kids,
    named((secret) => Buffer.from(secret, 'base64url').toString('hex')),
    shown,
  ],
  'its characters in hexadecimal': [
    kids,
    named((secret) => Buffer.from(secret).toString('hex')),
    shown,
  ],
  'its characters in base64url': [
    kids,
    named((secret) => Buffer.from(secret).toString('base64url')),
    shown,
  ],
})

t.test('no server starts with a bad secret', async (t) => {
  t.test('and fifteen or more are tried, the one of the tutorials among them', async (t) => {
    const refused = new Set<string | undefined>()
    const noting: Lesson = {
      ...solution,
      loadKeys(env) {
        refused.add(env.JWT_SECRET)
        const keys = solution.loadKeys(env)
        refused.delete(env.JWT_SECRET)
        return keys
      },
    }
    t.same(await failures(noting), [])
    t.ok(refused.size >= 15, `${refused.size} are refused`)
    t.ok(refused.has('CHANGE_THIS_TO_SOMETHING_RANDOM'))
  })

  t.test('also where loadKeys does not ask loadSecret', async (t) => {
    const starting: Lesson = {
      ...solution,
      loadKeys({ JWT_SECRET: secret = '', JWT_SECRET_PREVIOUS: previous }) {
        const [signingKey = keyOf('', ''), ...old] = [secret, ...(previous ? [previous] : [])].map(
          (text) => keyOf(hash(text), text, Buffer.from(text.padEnd(32))),
        )
        return { signingKey, keys: keySet(signingKey, ...old) }
      },
    }
    const failed = await failures(starting)
    t.same(
      failed.map(({ said }) => /^loadKeys\(.*\) should throw, because /s.test(said)),
      Array.from({ length: 6 }, () => true),
      'five rules, and the old secret',
    )
  })
})

t.test('a good secret that is refused is shown, with the line that refused it', async (t) => {
  const lettersOnly: Lesson = {
    ...solution,
    loadSecret({ JWT_SECRET = '' }) {
      if (!/^[a-z0-9]+$/i.test(JWT_SECRET)) throw new Error('bad character')
      return JWT_SECRET
    },
  }
  const { said, stack } = await failureOf(checks, lettersOnly)
  t.match(said, /^loadSecret\(\{\s+JWT_SECRET: '.*-.*'\s+\}\) threw Error: bad character$/s)
  t.match(stack, /06-secrets\.test\.ts/)
})

t.test('a failure shows what the last server was asked', async (t) => {
  t.test('a token of before that opens /private after', async (t) => {
    const keys = new Map<string, Key>()
    const keeping: Lesson = {
      ...solution,
      loadKeys(env) {
        const { signingKey } = solution.loadKeys(env)
        return { signingKey, keys: keys.set(signingKey.kid, signingKey) }
      },
    }
    t.hasStrict(await failureOf(checks, keeping, refusedAfter), {
      said: 'a token made before, shown after',
      actual: '200',
      expected: '401',
      exchange: { request: { path: '/private' }, answer: { status: 200 } },
    })
  })

  t.test('a token of before that no longer opens it during', async (t) => {
    const forgetting = withKeys((secret = '') => [keyOf(hash(secret), secret)])
    const { said, exchange } = await failureOf(checks, forgetting, stillGood)
    t.match(said, /^a token made before, with the kid \w+, where the keys are \w+$/)
    t.hasStrict(exchange, { request: { path: '/private' }, answer: { status: 401 } })
  })

  t.test('nothing, where that one has not started', async (t) => {
    const { said, exchange } = await failureOf(
      checks,
      named(() => 'current'),
      stillGood,
    )
    t.match(said, /^no server starts, because loadKeys\(.*\) threw TypeError: /s)
    t.equal(exchange, undefined)
  })

  t.test('a sign-in for which nothing can be signed', async (t) => {
    const mute: Lesson = {
      ...solution,
      loadKeys(env) {
        const { signingKey, keys } = solution.loadKeys(env)
        const { signingKey: _, ...verifying } = signingKey
        return { signingKey: verifying, keys }
      },
    }
    t.hasStrict(await failureOf(checks, mute, newSigns), {
      said: 'Ada signs in',
      actual: '500',
      expected: '200',
      exchange: { request: { path: '/auth' } },
    })
  })
})

t.test('the demonstration guesses at nothing but tokens that HS256 has signed', async (t) => {
  const demo = import.meta.resolve('../../lessons/06-secrets/demo.ts')
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`
  for (const text of ['rubbish', 'a.b.c', none]) {
    const { code, out } = await rehearse(demo, [text])
    t.equal(code, 1, text)
    t.match(out, /^That is not a token that HS256 has signed: .*\n$/)
  }
})

t.test('as shipped it refuses little, and says too much', async (t) => {
  t.equal((await failures(exercise)).length, 10)
})

async function failures(lesson: Lesson) {
  const failed = []
  for await (const { failure } of runChecks(checks, lesson)) if (failure) failed.push(failure)
  return failed
}

t.test('the list', async (t) => {
  t.test('has a few hundred words, each once', async (t) => {
    t.ok(words.length > 300)
    t.equal(new Set(words).size, words.length)
    t.notOk(words.some((word) => word !== word.trim().toLowerCase()))
  })

  t.test('is found in a text, in capitals too', async (t) => {
    t.equal(knownWordIn('xX-Change_This-Xx'), 'change_this')
    t.equal(knownWordIn('xX-secret-Xx'), undefined, 'a short word may stand there by chance')
  })

  t.test('is not found in random secrets', async (t) => {
    const made = Array.from({ length: 2000 }, newSecret)
    t.same(
      made.filter((secret) => knownWordIn(secret) !== undefined),
      [],
    )
  })

  t.test('is guessed from as it stands first, then as people change it', async (t) => {
    const list = [...guesses()]
    t.same(list.slice(0, words.length), words)
    for (const guess of ['Coffee2024!', 'SECRET123', 'password1']) t.ok(list.includes(guess))
  })
})
