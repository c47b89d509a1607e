import { parseJsonObject } from '../../example/token/json.ts'
import { disagreement } from '../disagree.ts'
import { type Ask, noting } from '../exchange.ts'
import { deps, openTheApp, tokenFor } from './app.ts'
import { asking, type Lesson, type Outcome } from './asking.ts'
import { carrying, form, right, signIn } from './requests.ts'

/** What the app promises, by the name of the request. */
async function askTheApp(asks: Record<string, Ask>) {
  const app = await openTheApp()
  const expectations: Record<string, Record<string, unknown>> = {}
  await asking({ createServerHandler: () => app }, deps, async (send) => {
    const token = `${read(await send(signIn(form, right))).access_token}`
    for (const [what, asked] of Object.entries(asks))
      expectations[what] = promised(await send(carrying(token, asked)))
  })
  return expectations
}

/**
 * Sends your server what the app was sent, up to the first difference. What agrees is judged further,
 * at once: what is shown with a failure is the exchange that it is about.
 */
export async function agree(
  lesson: Lesson,
  asks: Record<string, Ask>,
  judge: (answer: Outcome) => void | Promise<void> = () => {},
): Promise<void> {
  const expectations = await noting({}, () => askTheApp(asks)) // only your server is shown
  const token = await tokenFor('bob')
  await asking(lesson, deps, async (send) => {
    for (const [what, asked] of Object.entries(asks)) {
      const outcome = await send(carrying(token, asked))
      const { trouble, thrown } = outcome
      if (trouble !== undefined) throw disagreement(agree, `${what}: ${trouble}`, { thrown })
      const [yours, theirs] = [promised(outcome), expectations[what] ?? {}]
      const differing = Object.keys(yours).filter((name) => yours[name] !== theirs[name])
      const [actual, expected] = [yours, theirs].map((all) =>
        Object.fromEntries(differing.map((name) => [name, all[name]])),
      )
      if (differing.length > 0) throw disagreement(agree, what, { actual, expected })
      await judge(outcome)
    }
  })
}

/** The parts of an answer in which two right servers have to agree. */
function promised({ status, headers = {} }: Outcome): Record<string, unknown> {
  const { 'content-type': type, 'www-authenticate': challenge, allow } = headers
  const error = /error="?(\w+)/.exec(challenge ?? '')?.[1]
  const bare = challenge?.replace(/ .*/, '').replace(/^bearer$/i, 'Bearer') // in any case (RFC 9110 §11.1)
  return {
    status,
    'content-type': type?.split(';', 1)[0]?.trim(),
    'www-authenticate': error === undefined ? bare : `${bare} error="${error}"`,
    allow: allow?.split(/ *, */).sort().join(', '),
  }
}

/** The body of an answer, where it is a JSON object. */
export function read({ body = '' }: Outcome): Record<string, unknown> {
  return parseJsonObject(Buffer.from(body)) ?? {}
}
