import { constants, type KeyObject, sign } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { type Namespace, Namespaces, randomNsId } from '../example/issuer/namespace.ts'
import { openStore } from '../example/store/open.ts'
import { parseStoreUrl } from '../example/store/url.ts'
import type { Algorithm } from '../example/token/algorithms.ts'
import { generateKey } from '../example/token/generate-key.ts'
import { issue } from '../example/token/issue.ts'
import { jwkSet } from '../example/token/jwks.ts'
import { type Key, keySet } from '../example/token/key.ts'
import type { Policy } from '../example/token/types.ts'
import { verify } from '../example/token/verify.ts'
import { temporaryFolder } from './folder.ts'
import { progress } from './progress.ts'
import { table } from './report/table.ts'
import { say, spreadOf } from './spread.ts'

// What an issuer does all day, beside the least that it could do: a token signed, and node:crypto alone; a token verified, and
// jose with the key at hand; a namespace looked up among ten thousand, and among ten. In rounds, one after the other each time.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const rounds = Number(values.rounds)
const rows: string[][] = []

const row = (what: string, ratios: readonly number[], aim: number) => {
  const spread = spreadOf(ratios)
  rows.push([what, say(spread), String(aim), spread.median >= aim ? 'met' : '**missed**'])
}

/** How often in a quarter of a second. */
async function perSecond(work: () => unknown): Promise<number> {
  for (let n = 0; n < 20; n += 1) await work()
  const begin = performance.now()
  let done = 0
  while (performance.now() - begin < 250) {
    await work()
    done += 1
  }
  return (done * 1000) / (performance.now() - begin)
}

async function ratios(ours: () => unknown, theirs: () => unknown): Promise<number[]> {
  const all: number[] = []
  for (let round = 0; round < rounds; round += 1)
    all.push((await perSecond(ours)) / (await perSecond(theirs)))
  return all
}

const now = Math.floor(Date.now() / 1000)
const policyOf = (alg: Algorithm): Policy => ({
  algorithms: [alg],
  type: 'at+jwt',
  issuer: 'http://localhost:8082/shop',
  audience: 'shop',
  maxLength: 8192,
  maxLifetimeSeconds: 900,
  leewaySeconds: 0,
})
const id = '3f2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f'
const claims = { sid: id, usr: 'ada', grp: ['staff'], org: ['acme'] }
const request = { subject: 'ada', id, lifetimeSeconds: 900, claims }

/** What node:crypto has to do for a token of this key, and nothing else. */
function bareSign({ alg, signingKey }: Key, text: Buffer): () => unknown {
  const key = signingKey as KeyObject
  if (alg === 'EdDSA') return () => sign(null, text, key)
  const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : undefined
  const saltLength = alg === 'PS256' ? 32 : undefined
  const dsaEncoding = 'ieee-p1363' as const
  const options =
    alg === 'ES256' ? { key, dsaEncoding } : { key, ...(padding && { padding, saltLength }) }
  return () => sign('sha256', text, options)
}

for (const [alg, aim] of [
  ['RS256', 0.8],
  ['PS256', 0.8],
  ['ES256', 0.45],
  ['EdDSA', 0.8],
] as const) {
  progress(alg)
  const key = await generateKey({ alg })
  const policy = policyOf(alg)
  const token = await issue(request, { key, policy, now })
  const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')))
  row(
    `issue ${alg} / node:crypto alone`,
    await ratios(() => issue(request, { key, policy, now }), bareSign(key, signed)),
    aim,
  )
  const keys = keySet(key)
  const set = createLocalJWKSet(jwkSet([key]))
  const theirs = () =>
    jwtVerify(token, set, { issuer: policy.issuer, audience: 'shop', typ: 'at+jwt' })
  row(
    `verify ${alg} / jose.jwtVerify`,
    await ratios(() => verify(token, { keys, policy, now }), theirs),
    0.8,
  )
}

progress('ten thousand namespaces')
const folder = temporaryFolder()
const store = await openStore(parseStoreUrl(`level:${folder.path}/data`))
const namespaces = new Namespaces(store)
const shop: Namespace = {
  name: 'shop',
  nsId: randomNsId(),
  alg: 'ES256',
  policy: 'noRefresh',
  isOpen: true,
  createdAt: now,
  encryption: { alg: 'ECDH-ES', curve: 'P-256', enc: 'A256GCM' },
  maxAccessSeconds: 900,
  maxRefreshSeconds: 86_400,
  keySeconds: 15_552_000,
  groups: [],
  organisations: [],
}
const nameOf = (n: number) => `app-${String(n).padStart(5, '0')}`
const add = async (from: number, to: number) => {
  for (let n = from; n < to; n += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, to - n) }, (_, m) =>
        namespaces.create({ ...shop, name: nameOf(n + m), nsId: randomNsId() }),
      ),
    )
}
await add(0, 10)
const few = await perSecond(() => namespaces.find(nameOf(Math.floor(Math.random() * 10))))
await add(10, 10_000)
const many: number[] = []
for (let round = 0; round < rounds; round += 1)
  many.push(
    (await perSecond(() => namespaces.find(nameOf(Math.floor(Math.random() * 10_000))))) / few,
  )
row('look-ups among 10,000 / among 10', many, 0.8)
const begin = performance.now()
await namespaces.page(undefined, 50)
rows.push(['first page of 10,000', `${(performance.now() - begin).toFixed(1)} ms`, '50 ms', ''])

progress('an RSA key beside others')
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
await generateKey({ alg: 'RS256' })
delay.disable()
rows.push([
  'longest wait while an RSA key is made',
  `${(delay.max / 1e6).toFixed(1)} ms`,
  '50 ms',
  '',
])

await store.close()
await folder.stop()
process.stdout.write(`${table(['', 'median', 'aim', ''], rows)}\n`)
