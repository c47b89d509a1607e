import { type Decoded, decode } from '../token/decode.ts'
import { sayDuration } from '../token/duration.ts'
import { explain, type Step } from '../token/explain.ts'
import { sayClaim, sayTime } from '../token/say-claim.ts'
import type { CheckId, Policy, VerifyOptions } from '../token/types.ts'
import { indentWritten, writtenMembers } from '../token/written.ts'

export type Inspection = Awaited<ReturnType<typeof inspectToken>>

/** The session record that a token names, as it stands. */
export type Look = (sub: string, jti: string) => Promise<LookedUp | undefined>

interface LookedUp {
  readonly record: object
  readonly live: boolean
}

/** Takes a token apart for the page `/inspect`: its parts, every check, its session record. */
export async function inspectToken(token: string, options: VerifyOptions & { look: Look }) {
  const { now, policy, look } = options
  const steps = await explain(token, options)
  const held = steps.every(({ result }) => result === 'passed')
  const decoded = token.length <= policy.maxLength ? decode(token) : unread
  const { sub, jti, exp } = decoded.claims ?? {}
  // Only a token that passed may name a record: nothing is looked up for a forged one.
  const session = held ? await look(String(sub), String(jti)) : undefined
  const live = session?.live === true
  const checks = steps.map((step, index) => sayStep(step, index, policy))

  return {
    token,
    decoded: sayParts(decoded),
    verdict: sayVerdict(checks, live),
    answers: [sayChecks(checks), saySessionAnswer(held, live)],
    steps: checks,
    claims: sayClaims(decoded, now),
    session: held ? saySession(session, now) : undefined,
    timeLeft: held && Number(exp) > now ? sayDuration(Number(exp) - now) : undefined,
  }
}

const unread: Decoded = { segments: [], header: undefined, claims: undefined }

function sayParts({ segments, header, claims }: Decoded) {
  const [headerRaw = '', payloadRaw = '', signatureRaw] = segments
  if (segments.length !== 3) return undefined
  return {
    header: { raw: headerRaw, json: header && indentWritten(textOf(headerRaw)) },
    payload: { raw: payloadRaw, json: claims && indentWritten(textOf(payloadRaw)) },
    signature: { raw: signatureRaw },
  }
}

function sayClaims({ segments: [, payload = ''], claims }: Decoded, now: number) {
  if (claims === undefined) return []
  return writtenMembers(textOf(payload)).map(([name, written]) =>
    sayClaim(name, claims[name], now, written),
  )
}

/** What is written in a part: read and written again, a long number would be another one. */
function textOf(segment: string): string {
  return Buffer.from(segment, 'base64url').toString()
}

type SaidStep = ReturnType<typeof sayStep>

function sayVerdict(checks: readonly SaidStep[], live: boolean): string {
  const failed = checks.filter((check) => check.failed)
  const [first] = failed
  if (first === undefined)
    return live
      ? 'This token is accepted: every check holds and its session is live.'
      : 'This token is refused: every check holds, but its session is not live.'
  if (failed.every(({ ours }) => ours !== undefined))
    return `This token is refused by rules of this server: ${names(failed)}. No RFC forbids it, as far as it could be checked.`
  if (failed.some(isUnsecured))
    return 'This token is refused: it is unsecured, so anybody may have written it.'
  return `This token is refused: the ${failed.length === 1 ? 'check' : 'checks'} ${names(failed)} ${failed.length === 1 ? 'fails' : 'fail'}.`
}

/** The first of the two answers at the top, with the way to what decided. */
function sayChecks(checks: readonly SaidStep[]) {
  const question = 'Signature and claims'
  const failed = checks.filter((check) => check.failed)
  const [first] = failed
  if (first === undefined)
    return {
      question,
      good: true,
      answer: 'hold',
      why: `all ${checks.length} checks`,
      href: '#checks',
    }
  const { id } = failed.find(isUnsecured) ?? first
  const more = failed.length === 1 ? '' : ` and ${failed.length - 1} more`
  return { question, bad: true, answer: 'fail', why: `at ${id}${more}`, href: `#check-${id}` }
}

/** Nobody has signed it: that is worse than all that may be wrong beside it. */
function isUnsecured({ id, reason }: SaidStep): boolean {
  return id === 'algorithm' && reason?.startsWith('it is unsecured') === true
}

function saySessionAnswer(held: boolean, live: boolean) {
  const shared = { question: 'Session', href: '#session' }
  if (!held) return { ...shared, answer: 'not looked up', why: 'a refused token names no record' }
  return live
    ? { ...shared, good: true, answer: 'live', why: 'its record says so' }
    : { ...shared, bad: true, answer: 'not live', why: 'it has ended, or there is none' }
}

function names(checks: readonly SaidStep[]): string {
  return checks.map(({ id }) => `"${id}"`).join(', ')
}

function sayStep({ check, result, input, reason, ours }: Step, index: number, policy: Policy) {
  const { id, promise, rfc, attack } = check
  const passed = result === 'passed'
  const failed = result === 'failed'
  const skipped = result === 'not reached'
  const rule = failed ? (ours ?? serverRules(policy)[id]) : undefined
  const said = { number: index + 1, id, promise, rfc, attack, input, reason, ours: rule }
  return { ...said, byRfc: failed && rule === undefined, passed, failed, skipped }
}

/** What a token of another maker fails at: the RFCs leave it to each server. */
function serverRules({ type, issuer }: Policy): Partial<Record<CheckId, string>> {
  return {
    type: `RFC 7519 lets typ be absent or anything; this server wants ${type}`,
    key: 'RFC 7515 lets kid be absent or anything; this server wants the name of its key',
    issuer: `RFC 7519 lets iss be absent or anything; this server wants ${issuer}`,
  }
}

function saySession(session: LookedUp | undefined, now: number) {
  if (session === undefined)
    return { rows: [], sentence: 'There is no record of this session: the token is refused.' }
  const rows = Object.entries(session.record).map(([name, value]) => {
    const inWords = name.endsWith('At') ? ` (${sayTime(value, now)})` : ''
    return { name, value: `${value}${inWords}` }
  })
  const sentence = session.live
    ? 'The session is live.'
    : 'The session has ended: the token is refused, although every check above holds.'
  return { rows, sentence }
}
