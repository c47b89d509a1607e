import { sayDuration } from '../token/duration.ts'
import type { Family, Use } from './family.ts'
import { agents, type Generation, generationsOf } from './practice.ts'
import { longestTrail, outcomeOf, type RefreshRules } from './refresh.ts'

/** How a family stands at a moment. */
export interface Standing {
  readonly live: boolean
  /** Its last access token is good. */
  readonly accepted: boolean
  readonly now: number
  readonly rules: RefreshRules
}

/** A family for the page that shows it: what just happened and why, its refresh tokens, and who used which. */
export function sayPractice(family: Family, standing: Standing) {
  const generations = generationsOf(family)
  return {
    live: standing.live,
    over: !standing.live || generations.length === 0,
    accepted: standing.accepted,
    answers: [sayFamily(family, standing), sayAccess(standing)],
    happened: sayHappened(family, standing),
    tokens: generations.map((generation) => sayToken(generation, family, standing)),
    trail: generations.length === 0 ? [] : family.trail.map((use) => sayUse(use, generations)),
  }
}

function sayFamily({ trail }: Family, { live }: Standing) {
  const shared = { question: 'The family', href: '#trail' }
  if (live) return { ...shared, good: true, answer: 'live', why: 'one refresh token is good' }
  const why = trail.at(-1)?.outcome === 'reuse' ? 'an old token was used' : 'signed out, or over'
  return { ...shared, bad: true, answer: 'ended', why }
}

function sayAccess({ live, accepted }: Standing) {
  const shared = { question: 'Its access token', href: '#access' }
  if (accepted) return { ...shared, good: true, answer: '200', why: 'GET /welcome lets it in' }
  const why = live ? 'its time is over: refresh' : 'GET /welcome refuses it, too'
  return { ...shared, bad: true, answer: '401', why }
}

/** The last use in two sentences. */
function sayHappened(family: Family, { live, now, rules }: Standing): string {
  const use = family.trail.at(-1)
  const generations = generationsOf(family)
  if (generations.length === 0)
    return `Its tokens were used ${longestTrail} times or more, and the record remembers no more uses. Begin again.`
  const named = namesOf(use, generations)
  const { who, token, next } = named
  if (use?.outcome === 'reuse')
    return `${who} used ${token}, which had been used before. Two hold the same token, and nobody can tell which of them is the thief: so the whole family has ended, access tokens, too.`
  if (!live)
    return 'The family has ended: the client was signed out, or its time is over. No token of it is good for anything.'
  const until = family.rotatedAt + rules.graceSeconds
  switch (use?.outcome) {
    case 'rotated':
      return `${who} used ${token} and got ${next} in its place. ${sayWhatNext(use, named, until - now)}`
    case 'again':
      return `${who} used ${token} once more and got ${next} again, the very same. Two tabs at once, or an answer that was lost, look like this: so it is no alarm before ${sayClock(until)}.`
    case 'same':
      return `${who} used ${token}, and it stays good: REFRESH_POLICY is ${rules.policy}. A token that is not exchanged can be used by two, and nobody notices.`
    default:
      return 'The client has signed in and holds R1, its first refresh token. Nobody else has a copy of it, yet.'
  }
}

function sayWhatNext({ agent }: Use, { token, next }: Named, left: number): string {
  if (agent === agents.thief)
    return `Nothing gives a thief away who comes first: the server notices when the client comes with ${token}, too.`
  if (left <= 0) return `${token} is retired: whoever shows it from now on is noticed.`
  return `An answer can get lost, so for ${sayDuration(left)} more ${token} would bring ${next} again.`
}

function sayToken({ name, next, id }: Generation, family: Family, { live, now, rules }: Standing) {
  if (!live) return { name, state: 'refused' }
  const left = family.rotatedAt + rules.graceSeconds - now
  const grace = `Used before. For ${sayDuration(left)} more, until ${sayClock(now + left)}, it brings ${next} again.`
  const says = {
    rotated: { current: true, state: 'current', meaning: 'Good for one use.' },
    same: { current: true, state: 'current', meaning: 'Good until it ends.' },
    again: { state: 'in its grace', meaning: grace },
    reuse: { state: 'retired', meaning: 'Used before. Whoever shows it ends the family.' },
  }
  return { name, ...says[outcomeOf(family, { jti: id, at: now }, rules)] }
}

/** One line of the trail. */
function sayUse(use: Use, generations: readonly Generation[]) {
  const { who, token, next } = namesOf(use, generations)
  const came = {
    rotated: `It brought ${next}.`,
    same: 'It stays good.',
    again: `It brought ${next} again, within the grace.`,
    reuse: 'Noticed: the family has ended.',
  }
  const isTheft = use.agent === agents.thief
  return {
    at: sayClock(use.at),
    who,
    isTheft,
    token,
    came: came[use.outcome],
    alarm: use.outcome === 'reuse',
  }
}

type Named = ReturnType<typeof namesOf>

function namesOf(use: Use | undefined, generations: readonly Generation[]) {
  const generation = generations.find(({ id }) => id === use?.jti)
  const who = use && (names.get(use.agent) ?? use.agent)
  return { who, token: generation?.name, next: generation?.next }
}

const names = new Map<string, string>([
  [agents.client, 'The client'],
  [agents.thief, 'The thief'],
])

/** The time of day. Pages have no script, so it is nobody's local time. */
function sayClock(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`
}
