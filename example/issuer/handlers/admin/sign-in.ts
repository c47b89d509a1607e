import { readBearer } from '../../../http/bearer.ts'
import { countedBy } from '../../../http/client-address.ts'
import type { RateLimit } from '../../../http/rate-limit.ts'
import type { Handler, HttpRequest } from '../../../http/types.ts'
import type { Passwords } from '../../../password/hash.ts'
import type { TakeAttempt } from '../../../password/take-attempt.ts'
import { absentIfDamaged } from '../../../store/errors.ts'
import type { Administrators } from '../../administrator.ts'
import type { AdministratorSessions } from '../../administrator-session.ts'
import { answer } from '../../answer.ts'
import type { Audit } from '../../audit.ts'
import { readJson, textOf } from '../../read-json.ts'
import { wrongCredentials } from '../../unauthorized.ts'
import { idOf } from '../../user.ts'

/** `POST /admin/login`: a name and a password for a token of three hours. */
export function adminLoginHandler(deps: {
  administrators: Pick<Administrators, 'find'>
  administratorSessions: Pick<AdministratorSessions, 'begin'>
  passwords: Passwords
  takeAttempt: TakeAttempt
  takeOfAccount: TakeAttempt
  signIns: RateLimit
  addressOf: (req: HttpRequest) => string
  maxBodyBytes: number
  audit: Audit
  now: () => number
}): Handler {
  const {
    administrators,
    administratorSessions,
    passwords,
    takeAttempt: take,
    takeOfAccount,
  } = deps
  const { signIns, addressOf, audit, now } = deps
  return async (req, res) => {
    const address = countedBy(addressOf(req))
    await signIns.take(address)
    const fields = await readJson(req, ['username', 'password'], deps.maxBodyBytes)
    const [name, password] = [textOf(fields, 'username'), textOf(fields, 'password')]
    const id = idOf(name) // or each spelling in capitals had attempts of its own
    const attempts = [await take(`address ${address}`), await takeOfAccount(`administrator ${id}`)]
    const administrator = await administrators.find(name).catch(absentIfDamaged)
    const matches = await passwords.verify(administrator?.hash, password)
    if (administrator === undefined || !matches) {
      audit('sign-in failed', { by: administrator?.id, address })
      throw wrongCredentials()
    }
    for (const takeBack of attempts) await takeBack()
    const { token, seconds: expires_in } = await administratorSessions.begin(administrator, now())
    audit('administrator signed in', { by: administrator.id, address })
    answer(res, { token, token_type: 'Bearer', expires_in })
  }
}

/** `POST /admin/logout`: the token is good no more. One answer for every token. */
export function adminLogoutHandler(deps: {
  administratorSessions: Pick<AdministratorSessions, 'end'>
}): Handler {
  return async (req, res) => {
    const token = readBearer(req.headers.authorization)
    if (token !== undefined) await deps.administratorSessions.end(token)
    answer(res, { signed_out: true })
  }
}
