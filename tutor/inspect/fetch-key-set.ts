import { Problem } from './problem.ts'
import { readText } from './read-text.ts'

/** Letter by letter: a list of what is refused would be dodged by the next spelling. */
const thisMachine: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/**
 * Fetches a key set from this machine, and from no other: an inspector that calls addresses for you is
 * a way into your network. No redirects, because they would lead elsewhere; bounded in time and size.
 */
export async function fetchKeySet(
  address: string,
  { timeoutMilliseconds = 3000 }: { timeoutMilliseconds?: number } = {},
): Promise<string> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !isOfThisMachine(url))
    throw new Problem(
      'Cannot fetch the key set: only http and https addresses of this machine are allowed (127.0.0.1, ::1, localhost). Download it yourself, and give the file',
    )
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    const response = await fetch(url, { redirect: 'manual', signal })
    if (response.status === 200 && response.body !== null)
      return await readText(response.body, 'the key set')
    await response.body?.cancel()
    throw new Problem(`Cannot fetch the key set: the answer is ${response.status}, not 200`)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(`Cannot fetch the key set: ${reasonOf(error)}`)
  }
}

function isOfThisMachine({ protocol, hostname, username, password }: URL): boolean {
  const web = protocol === 'http:' || protocol === 'https:'
  return web && thisMachine.includes(hostname) && username === '' && password === ''
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed'
  if (error.name === 'TimeoutError') return 'no whole answer came in time'
  const cause: unknown = error.cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNREFUSED') return 'nobody is listening at that address'
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return 'its certificate is not trusted by this machine'
  return 'the request failed'
}
