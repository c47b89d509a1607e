// The example API, as `npm run start:api` runs it, beside an issuer: `ALLOWED_ORIGINS=http://localhost:8083 npm run start:issuer -- --dev`.
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { sayError } from '../http/say-error.ts'
import { createApi } from './api.ts'
import { readConfig } from './config.ts'
import { pageRoutes } from './page.ts'
import { remoteVerifier } from './verifier.ts'

const now = () => Math.floor(Date.now() / 1000)
const write = (line: string) => process.stdout.write(line)

try {
  const { issuer, namespace, host, port, limits, logLevel } = readConfig(process.env)
  const log = createLog({ level: logLevel, format: 'people', now, write })
  const verify = remoteVerifier({
    issuer: `${issuer}/${namespace}`,
    audience: namespace,
    algorithms: ['ES256'],
    onError: (error) => log('warn', 'no key set', { reason: sayError(error) }),
  })
  const routes = pageRoutes({ issuer, namespace })
  const handler = createApi({ verify, allowedOrigins: [], routes, now, log })
  const server = await listen({ handler, host, port, limits })
  write(`Ready at http://localhost:${server.port}, for tokens of ${issuer}/${namespace}\n`)
  process.once('SIGTERM', () => server.stop())
  process.once('SIGINT', () => server.stop())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
