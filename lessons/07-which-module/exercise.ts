// Make fast-jwt keep the promises of TokenPort, whatever token arrives.
// Then write down three differences between the libraries.
import { createSigner, createVerifier } from 'fast-jwt'
import type { Differences } from '../../lessons/libraries/matrix.ts'
import type { TokenPort } from '../../lessons/libraries/port.ts'

export const firstStep: 'jose' | 'jsonwebtoken' | 'fast-jwt' | 'none' | undefined = undefined // TODO: first step

export const adapter: TokenPort = {
  issue(claims, key) {
    return createSigner({ key: key.export() })(claims)
  },

  // TODO: refuse what fast-jwt accepts and should not, with `Refused`
  // and no other error. `npm run learn demo 7` shows where to begin.
  verify(token, key, { issuer, audience, now }) {
    const verify = createVerifier({
      key: key.export(),
      allowedIss: issuer,
      allowedAud: audience,
      clockTimestamp: now,
    })
    return verify(token)
  },
}

// TODO: three rows of `demo 7` in which the libraries differ, written like this:
// 'the row': { jose: '…', jsonwebtoken: '…', 'fast-jwt': '…' },
export const differences: Differences = {}
