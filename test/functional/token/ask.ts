import { checks } from '../../../example/token/checks.ts'
import type { CheckId, Verification } from '../../../example/token/types.ts'
import {
  goodClaims,
  goodHeader,
  key,
  keys,
  NOW,
  policy,
  sessionToken,
} from '../../support/fixtures.ts'

/** What one check said: the reason of a refusal, or `undefined`. */
export interface Answer {
  reason: string | undefined
  input: string
  verification: Verification
}

/** Asks one check alone, about a verification that is good in every part but those that are given. */
export async function ask(id: CheckId, parts: Partial<Verification> = {}): Promise<Answer> {
  const check = checks.find((check) => check.id === id)
  if (check === undefined) throw new Error(`There is no check of the id ${id}`)
  const verification = { ...goodVerification(), ...parts }
  const reason = await check.refuse(verification)
  return { reason, input: check.input(verification), verification }
}

function goodVerification(): Verification {
  const token = sessionToken()
  const claims = goodClaims()
  const payload = Buffer.from(JSON.stringify(claims))
  const header = { ...goodHeader }
  return { token, keys, policy, now: NOW, segments: token.split('.'), header, key, payload, claims }
}
