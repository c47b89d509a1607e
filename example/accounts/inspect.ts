import { type Inspection, inspectToken, type Look } from '../server/inspection.ts'
import { absentIfDamaged } from '../store/errors.ts'
import { decode } from '../token/decode.ts'
import { type Families, type Family, isLive } from './family.ts'
import type { Kind } from './policy.ts'
import { outcomeOf, type RefreshRules } from './refresh.ts'
import type { Tokens } from './tokens.ts'
import type { User, Users } from './user.ts'

/** Takes any token of this server apart, each kind by the rules for its kind: for the page `/inspect`, and for no decision. */
export function createInspect(deps: {
  tokens: Pick<Tokens, 'policies' | 'keys'>
  users: Pick<Users, 'find'>
  families: Pick<Families, 'find'>
  rules: RefreshRules
  now: () => number
}): (token: string) => Promise<Inspection> {
  const { tokens, users, families, rules, now } = deps
  const { policies, keys } = tokens

  /** What a token says of itself only chooses against what it is held: it must hold there. */
  function kindOf(token: string): Kind {
    const typ = decode(token).header?.typ
    if (typ === policies.refresh.type) return 'refresh'
    return typ === policies.page.type ? 'page' : 'access'
  }

  return async (token) => {
    const kind = kindOf(token)
    const time = now()
    const look: Look = async ({ sub, sid, jti }) => {
      const user = await users.find(sub).catch(absentIfDamaged)
      const family = await families.find(sub, String(sid)).catch(absentIfDamaged)
      if (family === undefined) return undefined
      const outcome = kind === 'refresh' ? outcomeOf(family, { jti, at: time }, rules) : undefined
      return {
        record: { ...shown(family, user), ...(outcome && { 'this token': says[outcome] }) },
        live: user !== undefined && isLive(family, user, time),
        retired: outcome === 'reuse',
      }
    }
    return await inspectToken(token, { keys, policy: policies[kind], now: time, look })
  }
}

const says = {
  rotated: 'current: a use of it brings the next',
  same: 'current: it stays good when it is used',
  again: 'the one before, within its grace: a use of it brings the current one again',
  reuse: 'retired: a use of it ends the session',
} as const

/** The record, but for what only this server has to know. */
function shown({ trail, epoch, ...family }: Family, user: User | undefined) {
  const ofUser = epoch === user?.epoch ? 'that of the user' : 'not that of the user any more'
  return { ...family, epoch: ofUser, uses: trail.length }
}
