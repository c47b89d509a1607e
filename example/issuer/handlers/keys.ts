import type { Handler } from '../../http/types.ts'
import { answer } from '../answer.ts'
import { requireClient } from '../client-token.ts'
import { describeKeys } from '../describe-keys.ts'
import type { FindPlace } from '../find-place.ts'
import { readJson, textOf } from '../read-json.ts'
import type { RotateKeys } from '../rotate-keys.ts'

/** `GET /keys/:kid`: the public keys of an application, as it got them when it registered. */
export function keysHandler(deps: { findPlace: FindPlace; now: () => number }): Handler {
  return async (_req, res, name) => {
    answer(res, describeKeys(await deps.findPlace(name), deps.now()))
  }
}

/** `POST /renew_keys`: new keys for an application. Tokens of the old ones stay good until they expire. */
export function renewKeysHandler(deps: {
  findPlace: FindPlace
  rotateKeys: RotateKeys
  maxBodyBytes: number
  now: () => number
}): Handler {
  const { findPlace, rotateKeys, maxBodyBytes, now } = deps
  return async (req, res) => {
    const name = textOf(await readJson(req, ['kid'], maxBodyBytes), 'kid')
    const { namespace } = await findPlace(name)
    requireClient(req, namespace)
    await rotateKeys(namespace)
    answer(res, describeKeys(await findPlace(name), now()))
  }
}
