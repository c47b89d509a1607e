import type { Algorithm } from '../token/algorithms.ts'
import { parseJsonObject } from '../token/json.ts'
import { readJwkSet } from '../token/jwks.ts'
import type { KeySet } from '../token/key.ts'

/** Whether a token is good cannot be said: there are no keys to prove it with. An API answers with 503. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable'
}

export interface KeySetOptions {
  /** Where the keys are published: it is fixed, whatever a token says (RFC 8725 §3.10). */
  readonly jwksUrl: string
  readonly algorithms: readonly Algorithm[]
  readonly fetch?: typeof fetch
  readonly timeoutMilliseconds?: number
  readonly maxBytes?: number
  /** So long after a key set that brought nothing, none is fetched again: unknown kids cost us no request each. */
  readonly coolDownSeconds?: number
  /** A key set is kept as long as its issuer says, and never longer than this: what was dropped is good no more by then. */
  readonly maxAgeSeconds?: number
  /** Told of every fetch that failed. */
  readonly onError?: (error: unknown) => void
}

export interface RemoteKeySet {
  /** The keys, fetched again when they are too old; the old ones while their issuer is away. @throws KeysUnavailable */
  keys(now: number): Promise<KeySet>
  /** Looks once more, for a token whose key is not among those. @throws KeysUnavailable where nobody can say */
  again(now: number): Promise<KeySet>
}

/** A published key set, kept for a while. */
export function remoteKeySet(options: KeySetOptions): RemoteKeySet {
  const { coolDownSeconds = 10, maxAgeSeconds = 300, onError = () => {} } = options
  let kept: KeySet | undefined
  let freshUntil = 0
  /** When a key was last looked for in vain, or a fetch failed. Clocks are set back at times: then it counts no more. */
  let searchedAt = Number.NEGATIVE_INFINITY
  let failed = false
  let underWay: Promise<void> | undefined

  const mayAsk = (now: number) => now < searchedAt || now - searchedAt >= coolDownSeconds

  async function load(now: number): Promise<void> {
    try {
      const { keys, seconds } = await fetchKeySet(options)
      kept = keys
      const longest = Math.max(coolDownSeconds, Math.min(seconds ?? maxAgeSeconds, maxAgeSeconds))
      freshUntil = now + longest
      failed = false
    } catch (error) {
      failed = true
      searchedAt = now
      onError(error)
    }
  }

  /** One fetch, however many wait for it. */
  function reload(now: number): Promise<void> {
    underWay ??= load(now).finally(() => {
      underWay = undefined
    })
    return underWay
  }

  return {
    async keys(now) {
      const isFresh = now < freshUntil && now >= freshUntil - maxAgeSeconds
      if (!isFresh && (!failed || mayAsk(now))) await reload(now)
      if (kept === undefined) throw new KeysUnavailable('Cannot fetch the key set')
      return kept
    },
    async again(now) {
      if (mayAsk(now)) {
        searchedAt = now
        await reload(now)
      } else await underWay
      if (failed || kept === undefined) throw new KeysUnavailable('Cannot look for the key')
      return kept
    },
  }
}

async function fetchKeySet(options: KeySetOptions): Promise<{ keys: KeySet; seconds?: number }> {
  const { jwksUrl, algorithms, timeoutMilliseconds = 3000, maxBytes = 65_536 } = options
  const send = options.fetch ?? fetch
  const response = await send(jwksUrl, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMilliseconds), // for the body, too
  })
  if (response.status !== 200) {
    await response.body?.cancel() // frees its connection
    throw new Error(`Cannot fetch the key set: its status is ${response.status}`)
  }
  const json = parseJsonObject(await readAtMost(maxBytes, response))
  const keys = readJwkSet(json, { algorithms })
  const seconds = /\bmax-age=(\d{1,9})\b/i.exec(`${response.headers.get('cache-control')}`)?.[1]
  return { keys, ...(seconds !== undefined && { seconds: Number(seconds) }) }
}

/** Counted as they arrive: an answer need not say how long it is. */
async function readAtMost(maxBytes: number, { body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes)
      throw new Error(`Cannot read the key set: it is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
