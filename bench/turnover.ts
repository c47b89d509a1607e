import { bearer, signInRequest } from './client.ts'
import { fire, shareOut } from './load.ts'
import { onceMore } from './once-more.ts'
import { type Spread, spreadOf } from './spread.ts'

export interface Turnover {
  readonly signInsPerSecond: Spread
  readonly signOutsPerSecond: Spread
}

const connections = 100

/** Sign-ins, and the sign-out of each of them: a session can only be ended once, so these are counted, not timed. */
export async function measureTurnover(
  url: string,
  { rounds, amount }: { rounds: number; amount: number },
): Promise<Turnover> {
  const signIns: number[] = []
  const signOuts: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const rates = await onceMore(() => signInAndOut(url, amount))
    signIns.push(rates.signIns)
    signOuts.push(rates.signOuts)
  }
  return { signInsPerSecond: spreadOf(signIns), signOutsPerSecond: spreadOf(signOuts) }
}

async function signInAndOut(url: string, amount: number) {
  const tokens: string[] = []
  const signIns = await rate(`${url}/auth`, amount, { requests: [signInAnd(tokens)] })
  const setupClient = shareOut(tokens.map(bearer), connections, signOut)
  return { signIns, signOuts: await rate(`${url}/logout`, tokens.length, { setupClient }) }
}

const signOut = { method: 'POST', path: '/logout' } as const

function signInAnd(tokens: string[]) {
  return {
    ...signInRequest,
    onResponse(_status: number, _body: string, _context: object, headers: unknown) {
      const token = Object.entries(headers ?? {}).find(([name]) => /^authorization$/i.test(name))
      if (token !== undefined) tokens.push(String(token[1]))
    },
  }
}

async function rate(
  url: string,
  amount: number,
  requests: Omit<Parameters<typeof fire>[1], 'url'>,
): Promise<number> {
  const { first, last, count } = await fire(url, { url, connections, amount, ...requests })
  return (count / (last - first)) * 1000
}
