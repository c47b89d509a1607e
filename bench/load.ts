import autocannon from 'autocannon'
import type { Credential } from './client.ts'

interface Answers {
  /** When the first one came and when the last one did, by the clock of `performance.now`. */
  readonly first: number
  readonly last: number
  readonly count: number
}

/**
 * Fires at a server, and fails if anything but good answers comes back: refusals are quick to write,
 * and a benchmark of them would be fast, and worthless. The clock starts with the first answer, for
 * before that the load is still making its requests.
 */
export async function fire(
  name: string,
  options: autocannon.Options,
  { onFirst, onAnswer }: { onFirst?: () => void; onAnswer?: (milliseconds: number) => void } = {},
): Promise<Answers> {
  const answers = { first: 0, last: 0, count: 0 }
  const { non2xx, errors, timeouts, statusCodeStats } = await new Promise<autocannon.Result>(
    (resolve, reject) => {
      const instance = autocannon(options, (error, result) =>
        error ? reject(error) : resolve(result),
      )
      instance.on('response', (_client, _status, _bytes, milliseconds) => {
        answers.last = performance.now()
        answers.count += 1
        onAnswer?.(milliseconds)
        if (answers.count > 1) return
        answers.first = answers.last
        onFirst?.()
      })
    },
  )
  if (answers.count === 0 || non2xx + errors + timeouts > 0)
    throw new Error(
      `Cannot measure ${name}: ${answers.count} answers (${Object.keys(statusCodeStats ?? {})}), ${non2xx} of them refusals, ${errors} errors, ${timeouts} timeouts`,
    )
  return answers
}

/** Gives each connection its share of the credentials, to send one after the other; a single one serves all. */
export function shareOut(
  credentials: readonly Credential[],
  connections: number,
  request: autocannon.Request = {},
): (client: autocannon.Client) => void {
  const shares: autocannon.Request[][] = Array.from({ length: connections }, () => [])
  const requests = Math.max(credentials.length, connections)
  for (let index = 0; index < requests; index += 1) {
    const headers = credentials[index % credentials.length] ?? {}
    shares[index % connections]?.push({ ...request, headers })
  }
  let next = 0
  return (client) => {
    client.setRequests(shares[next] ?? [])
    next += 1
  }
}
