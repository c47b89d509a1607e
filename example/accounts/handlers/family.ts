// A page that plays an API client without script, in teaching mode alone: whoever is signed in signs a client in, uses its
// refresh tokens as its owner and as a thief, and sees what the server makes of each use.
import { reply, seeOther } from '../../http/reply.ts'
import type { HttpRequest } from '../../http/types.ts'
import type { Audit } from '../audit.ts'
import { type Families, type Family, isLive } from '../family.ts'
import { agents, asItStood, generationsOf, lastAnswerAt } from '../practice.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import type { RefreshRules } from '../refresh.ts'
import type { Guarded } from '../require-token.ts'
import { sayPractice } from '../say-practice.ts'
import type { Tokens } from '../tokens.ts'
import type { UseRefreshToken } from '../use-refresh-token.ts'
import type { User } from '../user.ts'
import type { Views } from '../views.ts'

interface FamilyDeps {
  families: Pick<Families, 'start' | 'allOf' | 'remove'>
  tokens: Pick<Tokens, 'verify' | 'access' | 'refresh'>
  useRefreshToken: UseRefreshToken
  rules: RefreshRules
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  sessionSeconds: number
  sessionsPerUser: number
  views: Views
  audit: Audit
  now: () => number
}

/** Where a form comes back to: the buttons stay where they were. */
const here = '/family#now'

/** `GET /family`: the client of whoever is signed in, and all of its tokens. */
export function familyHandler(deps: FamilyDeps): Guarded {
  const { families, rules, views } = deps
  return async (_req, res, { user }) => {
    const [family] = await practiceOf(user, families)
    const shown = family && (await show(user, family, deps))
    const body = views.family({ name: user.name, rules, family: shown })
    reply(res, { status: 200, type: 'html', body })
  }
}

/** What the page says, with the tokens, signed again. */
async function show(user: User, family: Family, { tokens, rules, now }: FamilyDeps) {
  const time = now()
  const live = isLive(family, user, time)
  const access = await tokens.access(user, family, lastAnswerAt(family))
  const proven = tokens.verify.access(access, time)
  const accepted = live && (await proven.then(yes, no))
  const said = sayPractice(family, { live, accepted, now: time, rules })
  const refresh = generationsOf(family).map((one) => tokens.refresh(asItStood(family, one)))
  const texts = await Promise.all(refresh)
  return { ...said, access, tokens: said.tokens.map((one, at) => ({ ...one, text: texts[at] })) }
}

const yes = () => true
const no = () => false

/** `POST /family`: signs the client in, in the place of the one before. */
export function beginFamilyHandler(deps: FamilyDeps): Guarded {
  const { families, addressOf, sessionSeconds, sessionsPerUser: most, audit, now } = deps
  return async (req, res, { user }) => {
    await readForm(req, [], deps.openTo)
    for (const { id } of await practiceOf(user, families)) await families.remove(user.id, id)
    const address = addressOf(req)
    const agent = agents.client
    const device = { user, lifetimeSeconds: sessionSeconds, agent, address, most }
    const { id: session } = await families.start(device, now())
    audit('signed in', { user: user.id, session, address })
    seeOther(res, here)
  }
}

/** `POST /family/use`: uses one of its tokens, by the function that `POST /refresh` calls. */
export function useFamilyHandler(deps: FamilyDeps): Guarded {
  const { families, tokens, useRefreshToken, openTo } = deps
  return async (req, res, { user }) => {
    const { token: name, by } = await readForm(req, ['token', 'by'], openTo)
    const [family] = await practiceOf(user, families)
    const generation = family && generationsOf(family).find((one) => one.name === name)
    // A page that was left open may name a token of a client that is gone: there is nothing to use, and it sees what there is.
    if (family && generation) {
      const token = await tokens.refresh(asItStood(family, generation))
      await useRefreshToken(token, by === 'thief' ? agents.thief : agents.client)
    }
    seeOther(res, here)
  }
}

async function practiceOf(user: User, families: Pick<Families, 'allOf'>): Promise<Family[]> {
  return (await families.allOf(user.id)).filter(({ agent }) => agent === agents.client)
}
