import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { type RedisServer, serve } from './redis-server.ts'

export interface RedisTlsServer extends RedisServer {
  /** The authority that a client must trust: for `ca`, or for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string
}

/**
 * Starts a real redis-server that speaks only TLS, until the test ends.
 * Its certificate is its own authority, and good for `names` only.
 */
export async function startRedisTls(
  t: Test,
  options: { args?: string[]; names?: string } = {},
): Promise<RedisTlsServer> {
  const { args = [], names = 'DNS:localhost,IP:127.0.0.1' } = options
  const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const caFile = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  makeCertificate({ caFile, keyFile, names })
  const server = await serve(t, {
    url: (port) => `rediss://localhost:${port}`,
    settings: (port) => [
      'port 0', // none without TLS
      `tls-port ${port}`,
      `tls-cert-file ${caFile}`,
      `tls-key-file ${keyFile}`,
      `tls-ca-cert-file ${caFile}`, // a Cluster asks for it
      'tls-auth-clients no',
    ],
    args,
    // The admin looks after the server whatever names its certificate is good for.
    client: { tls: { ca: readFileSync(caFile), checkServerIdentity: () => undefined } },
  })
  return Object.assign(server, { caFile })
}

function makeCertificate(files: { caFile: string; keyFile: string; names: string }): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=redis of a test', '-addext', `subjectAltName=${files.names}`]
  const out = ['-keyout', files.keyFile, '-out', files.caFile, '-days', '1']
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...out], { stdio: 'pipe' })
}
