import type { Test } from 'tap'
import { createApi } from '../../example/client/api.ts'
import { type ClientOptions, createClient } from '../../example/client/client.ts'
import { remoteVerifier, type VerifierOptions } from '../../example/client/verifier.ts'
import type { Handler } from '../../example/http/types.ts'
import { namespace, testIssuer, user } from './issuer.ts'
import { listening } from './listening.ts'

/** A handler that a test may hold up or replace, and the paths that were asked for, without the questions of browsers. */
export function watched(handler: Handler) {
  const asked: string[] = []
  const watch = { handler, asked, count: (path: string) => asked.filter((a) => a === path).length }
  const outer: Handler = async (req, res) => {
    if (req.method !== 'OPTIONS') asked.push(String(req.url))
    await watch.handler(req, res)
  }
  return { watch, outer }
}

/** An issuer with ada, an API that takes its tokens, and a client of both, each behind a real server. */
export async function issuerApiAndClient(
  t: Test,
  options: Partial<ClientOptions> & { environment?: Record<string, string> } = {},
) {
  const { environment = {}, ...more } = options
  const server = await testIssuer({ environment })
  const shop = await namespace(server, 'shop')
  await user(server, shop, 'ada', { groups: ['staff'] })
  const { watch: issuer, outer: issuerHandler } = watched(server.app)
  const { url } = await listening(t, issuerHandler)
  const apiClock = { ahead: 0 }
  const verify = remoteVerifier(verifierOptions(server, url))
  const now = () => server.clock.now + apiClock.ahead
  const app = createApi({ verify, allowedOrigins: ['http://page.example'], now, log: () => {} })
  const { watch: api, outer: apiHandler } = watched(app)
  const { url: apiUrl } = await listening(t, apiHandler)
  const given: ClientOptions = { issuer: url, namespace: 'shop', apis: [apiUrl], ...more }
  return { server, shop, issuer, url, api, apiUrl, apiClock, given, client: createClient(given) }
}

/** What an API of the namespace `shop` accepts, where the issuer is reached by another address than its own name. */
export function verifierOptions(
  { config }: Awaited<ReturnType<typeof testIssuer>>,
  url: string,
): VerifierOptions {
  return {
    issuer: `${config.issuer}/shop`,
    audience: 'shop',
    algorithms: ['ES256'],
    jwksUrl: `${url}/shop/.well-known/jwks.json`,
  }
}
