import type { Test } from 'tap'
import { StoreNotOpened, StoreUnavailable } from '../../../example/store/errors.ts'
import { type OpenOptions, openStore } from '../../../example/store/open.ts'
import type { RecordKey, RecordStore } from '../../../example/store/types.ts'
import { patient } from '../../support/redis.ts'

export const key: RecordKey = { kind: 'session', owner: 'ada', id: '1' }

/** A store that is closed with the test. */
export async function opened(
  t: Test,
  url: Parameters<typeof openStore>[0],
  { redis = patient, ...options }: OpenOptions = {},
): Promise<RecordStore> {
  const store = await openStore(url, { redis, ...options })
  t.teardown(() => store.close())
  return store
}

/** What whoever opens the store is warned of. */
export async function warningsOf(t: Test, url: string, redis = patient): Promise<string[]> {
  const said: string[] = []
  const store = await opened(t, url, { redis, onWarning: (warning) => said.push(warning) })
  await store.close()
  return said
}

/** Why the store cannot be opened. */
export async function notOpened(url: string, redis = patient): Promise<StoreNotOpened> {
  try {
    await (await openStore(url, { redis })).close()
  } catch (error) {
    if (error instanceof StoreNotOpened) return error
    throw error
  }
  throw new Error('It was opened')
}

/** The code with which the store says that it does not know, or what it said instead. */
export async function codeOf(answer: Promise<unknown>): Promise<unknown> {
  const outcome: unknown = await answer.catch((error: unknown) => error)
  return outcome instanceof StoreUnavailable ? outcome.code : outcome
}
