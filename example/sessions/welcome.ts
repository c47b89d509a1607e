import { isLoopbackOrigin } from '../http/loopback.ts'
import { addressOf, sayReady } from '../server/say-ready.ts'
import { type Config, isDemoAccount } from './config.ts'

/** What the server says when it is ready: one line with the address, and in teaching mode what to try. */
export function welcome(config: Config, port: number): string {
  const { teaching, account, storeUrl } = config
  const address = addressOf(config, port)
  const ready = sayReady(config, port)
  const cookieIsKept = address.startsWith('https:') || isLoopbackOrigin(address)
  if (!teaching) return cookieIsKept ? ready : `${ready}${notKept}`
  const who = isDemoAccount(account)
    ? `as ${account.username} with the password ${account.password}`
    : `as ${account.username}`
  const later =
    storeUrl.engine === 'memory'
      ? 'all sessions end with it, since they are kept in memory'
      : 'you will still be signed in after the next start'
  return `${ready}
  1. Open the page and sign in ${who}.
  2. Look at your token and every check it passes: ${address}/inspect
  3. Copy it, sign out, and paste it there: its signature holds, and it is refused.
  4. Build it yourself, lesson by lesson, in a second terminal: npm run learn

Stop with Ctrl-C: ${later}.
`
}

/** A browser that drops a cookie tells nobody: the person is at the sign-in form again. */
const notKept = `Browsers keep the session cookie over https alone, or on localhost. Behind a proxy that brings https,
name its address in PUBLIC_ORIGIN.
`
