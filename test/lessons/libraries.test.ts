// Lesson 07: every adapter keeps the whole contract, and the contract lets no bad one pass.
import { readFileSync } from 'node:fs'
import t from 'tap'
import { decode } from '../../example/token/decode.ts'
import { TokenError } from '../../example/token/errors.ts'
import { adapter as withFastJwt } from '../../lessons/07-which-module/solution.ts'
import { type Bare, libraries } from '../../lessons/libraries/bare.ts'
import { contract } from '../../lessons/libraries/contract.ts'
import { Refused, type TokenPort } from '../../lessons/libraries/port.ts'
import { blocks, probes } from '../../lessons/libraries/probes.ts'
import { withJose } from '../../lessons/libraries/with-jose.ts'
import { withJsonwebtoken } from '../../lessons/libraries/with-jsonwebtoken.ts'
import { withNodeCrypto } from '../../lessons/libraries/with-node-crypto.ts'

const tests = Object.entries(contract).flatMap(([group, tests]) =>
  Object.entries(tests).map(([name, test]) => ({ name: `${group}: ${name}`, test })),
)

const adapters = { withFastJwt, withJose, withJsonwebtoken, withNodeCrypto }
for (const [name, adapter] of Object.entries(adapters)) {
  t.test(`${name} keeps the contract`, async (t) => {
    for (const { name, test } of tests) await t.resolves(test(adapter), name)
  })
}

/** A library as it comes, behind the port. */
function bare(library: Bare): TokenPort {
  const algorithms: ['HS256'] = ['HS256']
  return {
    issue: async (claims, key) => String(await library.sign(claims, key.export())),
    verify: async (token, key, expectations) =>
      Object(await library.verify(token, { ...expectations, key: key.export(), algorithms })),
  }
}

const claimsOf = (token: string) => decode(token).claims ?? {}
const refuse = () => {
  throw new Refused('always')
}
const remembered = new Set<string>()

const bad: Record<string, TokenPort> = {
  'bare by hand': bare(libraries['by hand']),
  'bare jose': bare(libraries.jose),
  'bare jsonwebtoken': bare(libraries.jsonwebtoken),
  'bare fast-jwt': bare(libraries['fast-jwt']),
  'refuses everything': { ...withJose, verify: refuse },
  'believes everything': { ...withJose, verify: claimsOf },
  'believes what it knows, whatever the key and the time': {
    ...withJose,
    async verify(token, key, expectations) {
      if (remembered.has(token)) return claimsOf(token)
      const claims = await withJose.verify(token, key, expectations)
      remembered.add(token)
      return claims
    },
  },
  'wants a kid': {
    ...withJose,
    verify: (token, ...rest) =>
      Object.hasOwn(decode(token).header ?? {}, 'kid') ? withJose.verify(token, ...rest) : refuse(),
  },
  'throws what the library throws, token and all': {
    ...withJose,
    async verify(token, key, expectations) {
      try {
        return await withJose.verify(token, key, expectations)
      } catch {
        throw new TypeError(`cannot read ${token}`)
      }
    },
  },
  'issues something else': {
    ...withJose,
    issue(claims, key) {
      claims.extra = true
      return `${withJsonwebtoken.issue(claims, key)}=`.replace(/^[^.]+/, 'e30')
    },
  },
  'signs with anything': { ...withJose, issue: () => 'e30.e30.e30' },
}

t.test('each test of the contract is failed by somebody', async (t) => {
  for (const { name, test } of tests) {
    const failing = []
    for (const [who, port] of Object.entries(bad)) {
      const failed = await test(port).then(
        () => false,
        () => true,
      )
      if (failed) failing.push(who)
    }
    t.not(failing.length, 0, `${name}: failed by ${failing.join(', ')}`)
  }
})

t.test('no library keeps the contract by itself', async (t) => {
  for (const name of ['by hand', 'jose', 'jsonwebtoken', 'fast-jwt'] as const) {
    const kept = await Promise.allSettled(tests.map(({ test }) => test(bare(libraries[name]))))
    const broken = kept.filter(({ status }) => status === 'rejected').length
    t.ok(broken >= 9, `${name} breaks ${broken} of ${tests.length}`)
  }
})

t.test('our own server refuses each bad token of the table for its own reason', async (t) => {
  const codes: Record<string, string> = {
    'alg none': 'algorithm',
    'alg left open': 'algorithm',
    'public key as secret': 'TypeError', // not even a key
    'expires this second': 'expiry',
    'no exp': 'expiry',
    'exp as string': 'expiry',
    'exp 1e999': 'expiry',
    'no aud': 'audience',
    'sub is a number': 'identifiers',
    'crit unknown': 'critical',
    'b64 false': 'critical',
    'padded base64url': 'form',
    'spare bits': 'form',
    'one name twice': 'claims',
    'payload not JSON': 'claims', // where jsonwebtoken throws a SyntaxError
    'one-byte secret': 'TypeError',
  }
  for (const name of blocks['should be refused']) {
    let code = 'accepted'
    try {
      await probes[name].ask(libraries.ours)
    } catch (error) {
      code = error instanceof TokenError ? error.code : Object(error).constructor.name
    }
    t.equal(code, codes[name], name)
  }
})

t.test('what the lesson says about their packages', async (t) => {
  const dependencies: Record<string, number> = { jose: 0, jsonwebtoken: 10, 'fast-jwt': 5 }
  for (const [name, count] of Object.entries(dependencies)) {
    const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
    const { dependencies = {}, scripts = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
    t.equal(Object.keys(dependencies).length, count, `${name} has ${count} dependencies`)
    const atInstall = ['preinstall', 'install', 'postinstall'].filter((when) => when in scripts)
    t.same(atInstall, [], `${name} runs nothing when it is installed`)
  }
  t.same([dependenciesOf('fast-jwt').size, dependenciesOf('jsonwebtoken').size], [12, 14], 'in all')
})

/** The dependencies of a package, and theirs: all lie flat in node_modules. */
function dependenciesOf(name: string, found = new Set<string>()): Set<string> {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
  for (const dependency of Object.keys(dependencies))
    if (!found.has(dependency)) dependenciesOf(dependency, found.add(dependency))
  return found
}
