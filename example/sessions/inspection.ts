import { decode } from '../token/decode.ts'
import { sayDuration } from '../token/duration.ts'
import { explain, type Step } from '../token/explain.ts'
import { sayClaim, sayTime } from '../token/say-claim.ts'
import type { JsonObject, VerifyOptions } from '../token/types.ts'
import { isLive, type Session, type Sessions } from './session.ts'

export type Inspection = Awaited<ReturnType<typeof inspectToken>>

/** Takes a token apart for the page `/inspect`: its parts, every check, its session record. */
export async function inspectToken(
  token: string,
  options: VerifyOptions & { sessions: Pick<Sessions, 'look'> },
) {
  const { now, policy, sessions } = options
  const steps = await explain(token, options)
  const failed = steps.find(({ result }) => result === 'failed')
  const held = failed === undefined
  const decoded = token.length <= policy.maxLength ? decode(token) : unread
  const { sub, jti, exp } = decoded.claims ?? {}
  // Only a token that passed may name a record: nothing is looked up for a forged one.
  const session = held ? await sessions.look(String(sub), String(jti)) : undefined
  const live = session !== undefined && isLive(session, now)

  return {
    token,
    decoded: sayParts(decoded.segments, decoded.header, decoded.claims),
    verdict: { ok: held && live, sentence: sayVerdict(failed, live) },
    steps: steps.map(sayStep),
    claims: Object.entries(decoded.claims ?? {}).map(([name, value]) => sayClaim(name, value, now)),
    session: held ? saySession(session, live, now) : undefined,
    timeLeft: held && Number(exp) > now ? sayDuration(Number(exp) - now) : undefined,
  }
}

const unread = { segments: [], header: undefined, claims: undefined }

function sayParts(
  segments: readonly string[],
  header: JsonObject | undefined,
  claims: JsonObject | undefined,
) {
  const [headerRaw, payloadRaw, signatureRaw] = segments
  if (segments.length !== 3) return undefined
  return {
    header: { raw: headerRaw, json: indented(header) },
    payload: { raw: payloadRaw, json: indented(claims) },
    signature: { raw: signatureRaw },
  }
}

/** Absent where a part cannot be read: one changed character is enough. */
function indented(part: JsonObject | undefined): string | undefined {
  return part && JSON.stringify(part, null, 2)
}

function sayVerdict(failed: Step | undefined, live: boolean): string {
  if (failed !== undefined) return `This token is refused: the check "${failed.check.id}" fails.`
  return live
    ? 'This token is accepted: every check holds and its session is live.'
    : 'This token is refused: every check holds, but its session is not live any more.'
}

function sayStep({ check, result, input, reason }: Step, index: number) {
  const { id, promise, rfc, attack } = check
  const passed = result === 'passed'
  const failed = result === 'failed'
  const skipped = result === 'not reached'
  return { number: index + 1, id, promise, rfc, attack, input, reason, passed, failed, skipped }
}

function saySession(session: Session | undefined, live: boolean, now: number) {
  if (session === undefined)
    return { rows: [], live, sentence: 'There is no record of this session: the token is refused.' }
  const rows = Object.entries(session).map(([name, value]) => {
    const inWords = name.endsWith('At') ? ` (${sayTime(value, now)})` : ''
    return { name, value: `${value}${inWords}` }
  })
  const sentence = live
    ? 'The session is live.'
    : 'The session has ended: the token is refused, although every check above holds.'
  return { rows, live, sentence }
}
