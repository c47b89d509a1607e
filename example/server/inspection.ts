import { type Decoded, decode } from '../token/decode.ts'
import { sayDuration } from '../token/duration.ts'
import { explain, type Step } from '../token/explain.ts'
import { sayClaim, sayTime } from '../token/say-claim.ts'
import type { CheckId, Policy, TokenClaims, VerifyOptions } from '../token/types.ts'
import { indentWritten, writtenMembers } from '../token/written.ts'

export type Inspection = Awaited<ReturnType<typeof inspectToken>>

/** The session record that a proven token names, as it stands. */
export type Look = (claims: TokenClaims) => Promise<LookedUp | undefined>

interface LookedUp {
  readonly record: object
  readonly live: boolean
  /** The session is live, and this token of it was exchanged for another. */
  readonly retired?: boolean
}

/** Takes a token apart for the page `/inspect`: its parts, every check, its session record. */
export async function inspectToken(token: string, options: VerifyOptions & { look: Look }) {
  const { now, policy, look } = options
  const steps = await explain(token, options)
  const held = steps.every(({ result }) => result === 'passed')
  const decoded = token.length <= policy.maxLength ? decode(token) : unread
  // Only a token that passed may name a record: nothing is looked up for a forged one.
  const session = held ? await look(decoded.claims as TokenClaims) : undefined
  const state = stateOf(session)
  const exp = Number(decoded.claims?.exp)
  const checks = steps.map((step, index) => sayStep(step, index, policy))

  return {
    token,
    decoded: sayParts(decoded),
    verdict: sayVerdict(checks, state),
    answers: [sayChecks(checks), saySessionAnswer(held, state)],
    steps: checks,
    claims: sayClaims(decoded, now),
    session: held ? saySession(session, state, now) : undefined,
    timeLeft: held && exp > now ? sayDuration(exp - now) : undefined,
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

type State = keyof typeof says

function stateOf(session: LookedUp | undefined): State {
  if (session === undefined) return 'none'
  if (!session.live) return 'ended'
  return session.retired === true ? 'retired' : 'live'
}

const notLive = {
  verdict: 'This token is refused: every check holds, but its session is not live.',
  answer: 'not live',
  why: 'it has ended, or there is none',
}

/** What the session record decides about a token that passed every check. */
const says = {
  live: {
    verdict: 'This token is accepted: every check holds and its session is live.',
    answer: 'live',
    why: 'its record says so',
    sentence: 'The session is live.',
  },
  ended: {
    ...notLive,
    sentence: 'The session has ended: the token is refused, although every check above holds.',
  },
  none: { ...notLive, sentence: 'There is no record of this session: the token is refused.' },
  retired: {
    verdict:
      'This token is refused: every check holds and its session is live, but it was exchanged for another.',
    answer: 'not for this one',
    why: 'it is live, and another token is current',
    sentence:
      'The session is live, and this token of it is retired. To use it is the sign of a theft, and ends the session.',
  },
} as const

type SaidStep = ReturnType<typeof sayStep>

function sayVerdict(checks: readonly SaidStep[], state: State): string {
  const failed = checks.filter((check) => check.failed)
  const [first] = failed
  if (first === undefined) return says[state].verdict
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

function saySessionAnswer(held: boolean, state: State) {
  const shared = { question: 'Session', href: '#session' }
  if (!held) return { ...shared, answer: 'not looked up', why: 'a refused token names no record' }
  const { answer, why } = says[state]
  return state === 'live'
    ? { ...shared, good: true, answer, why }
    : { ...shared, bad: true, answer, why }
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

function saySession(session: LookedUp | undefined, state: State, now: number) {
  const rows = Object.entries(session?.record ?? {}).map(([name, value]) => {
    const inWords = name.endsWith('At') ? ` (${sayTime(value, now)})` : ''
    return { name, value: `${value}${inWords}` }
  })
  return { rows, sentence: says[state].sentence }
}
