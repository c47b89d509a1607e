import { type LookupAddress, promises } from 'node:dns'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { Problem } from './problem.ts'
import { readText } from './read-text.ts'

/** Letter by letter: a list of what is refused would be dodged by the next spelling. */
const thisMachine: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']
const loopback: readonly string[] = ['127.0.0.1', '::1']

/** Finds the addresses of a name. */
export type LookUp = (name: string) => Promise<LookupAddress[]>

/** Whether `--jwks` names an address, and not a file. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/**
 * Fetches a key set from this machine, and from no other: an inspector that calls addresses for you is
 * a way into your network. No redirects, because they would lead elsewhere; bounded in time and size.
 */
export async function fetchKeySet(
  address: string,
  timeoutMilliseconds = 3000,
  lookUp: LookUp = (name) => promises.lookup(name, { all: true }),
): Promise<string> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !isOfThisMachine(url))
    throw cannot(
      'only http and https addresses of this machine are allowed (127.0.0.1, ::1, localhost). Download it yourself, and give the file',
    )
  const signal = AbortSignal.timeout(timeoutMilliseconds)
  let response: IncomingMessage | undefined
  try {
    response = await get(url, signal, lookUp)
    if (response.statusCode !== 200) throw cannot(`the answer is ${response.statusCode}, not 200`)
    // Nobody asked for that, and unpacked it could be of any length.
    if (response.headers['content-encoding'] !== undefined) throw cannot('the answer is packed')
    const text = await readText(response, 'the key set')
    // Without a length, an answer ends where the connection does: also where we cut it off ourselves.
    signal.throwIfAborted()
    return text
  } catch (error) {
    if (error instanceof Problem) throw error
    throw cannot(signal.aborted ? 'no whole answer came in time' : reasonOf(error))
  } finally {
    response?.destroy()
  }
}

function cannot(reason: string): Problem {
  return new Problem(`Cannot fetch the key set: ${reason}`)
}

function isOfThisMachine({ protocol, hostname, username, password }: URL): boolean {
  const web = protocol === 'http:' || protocol === 'https:'
  return web && thisMachine.includes(hostname) && username === '' && password === ''
}

/** Asks for an address, and gives the answer before its body has come. */
function get(url: URL, signal: AbortSignal, lookUp: LookUp): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, lookup: onlyLoopback(lookUp) }, resolve)
    request.on('error', reject)
    // A 101 is no answer to Node, and no error either.
    request.on('close', () => reject(cannot('the connection was closed without an answer')))
  })
}

/** What localhost is, a resolver says: of its addresses only those of this machine are connected to. */
function onlyLoopback(lookUp: LookUp): LookupFunction {
  return (name, _, callback) => {
    lookUp(name)
      .then((found) => {
        const ours = found.filter(({ address }) => loopback.includes(address))
        if (ours.length === 0) throw cannot(elsewhere)
        callback(null, ours)
      })
      .catch((error: Error) => callback(error, []))
  }
}

const elsewhere = 'localhost is not this machine here. Write 127.0.0.1 or [::1] instead'

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'nobody is listening at that address'
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return 'its certificate is not trusted by this machine'
  return 'the request failed'
}
