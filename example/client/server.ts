// The example API, as `npm run start:api` runs it, beside an issuer: `ALLOWED_ORIGINS=http://localhost:8083 npm run start:issuer -- --dev`.
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { sayError } from '../http/say-error.ts'
import { createApi } from './api.ts'
import { pageRoutes } from './page.ts'
import { remoteVerifier } from './verifier.ts'

const { ISSUER = 'http://localhost:8082', NAMESPACE = 'shop', PORT = '8083' } = process.env
const now = () => Math.floor(Date.now() / 1000)
const write = (line: string) => process.stdout.write(line)
const log = createLog({ level: 'info', format: 'people', now, write })

try {
  if (!URL.canParse(ISSUER)) throw new Error('Cannot start: ISSUER is no address')
  const verify = remoteVerifier({
    issuer: `${ISSUER}/${NAMESPACE}`,
    audience: NAMESPACE,
    algorithms: ['ES256'],
    onError: (error) => log('warn', 'no key set', { reason: sayError(error) }),
  })
  const routes = pageRoutes({ issuer: ISSUER, namespace: NAMESPACE })
  const server = await listen({
    handler: createApi({ verify, allowedOrigins: [], routes, now, log }),
    host: '127.0.0.1',
    port: Number(PORT),
    limits: {
      maxHeaderBytes: 16_384,
      maxConnections: 1000,
      headersTimeoutSeconds: 10,
      requestTimeoutSeconds: 20,
      keepAliveSeconds: 5,
      graceMilliseconds: 100,
      stopSeconds: 10,
    },
  })
  write(`Ready at http://localhost:${server.port}, for tokens of ${ISSUER}/${NAMESPACE}\n`)
  process.once('SIGTERM', () => server.stop())
  process.once('SIGINT', () => server.stop())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
