import { constants, type KeyObject, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { Algorithm } from '../../example/token/algorithms.ts'
import { generateKey } from '../../example/token/generate-key.ts'
import { issue } from '../../example/token/issue.ts'
import { jwkSet } from '../../example/token/jwks.ts'
import { type Key, keySet } from '../../example/token/key.ts'
import type { Policy } from '../../example/token/types.ts'
import { verify } from '../../example/token/verify.ts'
import { ratios } from '../per-second.ts'
import { progress } from '../progress.ts'
import { atLeast, type Judged } from '../report/judged.ts'

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

const aims = [
  ['RS256', 0.8],
  ['PS256', 0.8],
  ['ES256', 0.45],
  ['EdDSA', 0.8],
] as const

/** A token signed, beside node:crypto alone; a token verified, beside jose with the key at hand. */
export async function measureTokens(rounds: number): Promise<Judged[]> {
  const rows: Judged[] = []
  for (const [alg, aim] of aims) {
    progress(alg)
    const key = await generateKey({ alg })
    const policy = policyOf(alg)
    const token = await issue(request, { key, policy, now })
    const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')))
    const ours = () => issue(request, { key, policy, now })
    const issued = await ratios(rounds, ours, bareSign(key, signed))
    rows.push(atLeast(`issue ${alg} / node:crypto alone`, issued, aim))

    const keys = keySet(key)
    const set = createLocalJWKSet(jwkSet([key]))
    const wanted = { issuer: policy.issuer, audience: 'shop', typ: 'at+jwt' }
    const verified = await ratios(
      rounds,
      () => verify(token, { keys, policy, now }),
      () => jwtVerify(token, set, wanted),
    )
    rows.push(atLeast(`verify ${alg} / jose.jwtVerify`, verified, 0.8))
  }
  return rows
}

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
