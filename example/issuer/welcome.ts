import { sayReady } from '../server/say-ready.ts'
import type { StoreUrl } from '../store/url.ts'
import { sayDuration } from '../token/duration.ts'
import type { Config } from './config.ts'

/** What the server says when it is ready: where, and which settings hold. No password is among them. */
export function welcome(config: Config, port: number): string {
  const { name, issuer, storeUrl, passwordFile, grantLimits, defaults, allowedOrigins } = config
  const { alg, encryption, policy, keySeconds, maxAccessSeconds, maxRefreshSeconds } = defaults
  const curve = encryption.alg.startsWith('RSA') ? '' : ` on ${encryption.curve}`
  const lines = {
    name,
    issuer,
    store: sayStore(storeUrl, passwordFile),
    signing: `${alg}, a new key every ${sayDuration(keySeconds)}`,
    encryption: `${encryption.alg}${curve}, ${encryption.enc}`,
    'access token': `${sayDuration(maxAccessSeconds)} at most`,
    'refresh token': `${sayDuration(maxRefreshSeconds)} at most, ${policy}`,
    session: `${sayDuration(grantLimits.longestSeconds)} at most`,
    origins: allowedOrigins.join(', ') || 'no other',
    mode: config.teaching ? 'teaching' : 'production',
  }
  const said = Object.entries(lines).map(([what, text]) => `  ${what.padEnd(14)} ${text}\n`)
  return `${sayReady(config, port)}\n${said.join('')}\nStop with Ctrl-C.\n`
}

/** Without the user name and the password that its URL may have. */
function sayStore(url: StoreUrl, passwordFile: string | undefined): string {
  if (url.engine === 'memory') return 'memory, which ends with this process'
  const where =
    url.engine === 'level'
      ? url.folder
      : `${url.engine} at ${url.hosts.map(({ host, port }) => `${host}:${port}`).join(', ')}`
  return `${where}, sealed${passwordFile === undefined ? '' : `; its password is in ${passwordFile}`}`
}
