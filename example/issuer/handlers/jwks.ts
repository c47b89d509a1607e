import { reply } from '../../http/reply.ts'
import type { Handler } from '../../http/types.ts'
import { jwkSet } from '../../token/jwks.ts'
import type { FindPlace } from '../find-place.ts'
import { noPublicKey } from './public-key.ts'

/** How long a verifier may keep a key set. The next key is in it long before it signs. */
const cacheSeconds = 300

/** `GET /:namespace/.well-known/jwks.json`: the public keys of an application, for whoever verifies its tokens (RFC 7517 §5). */
export function jwksHandler({ findPlace }: { findPlace: FindPlace }): Handler {
  return async (_req, res, name) => {
    const { namespace, keys } = await findPlace(name)
    if (keys.current.verifyingKey.type !== 'public') throw noPublicKey(namespace.alg)
    const headers = { 'cache-control': `public, max-age=${cacheSeconds}` }
    reply(res, {
      status: 200,
      type: 'json',
      body: JSON.stringify(jwkSet(keys.all.values())),
      headers,
    })
  }
}
