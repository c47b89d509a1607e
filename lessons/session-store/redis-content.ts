import type { Redis } from 'ioredis'

// What somebody who looks after a Redis may see and do there.

/** All keys that begin so, with the seconds until Redis forgets them: -1 is never. */
export async function entriesOf(admin: Redis, prefix: string): Promise<Map<string, number>> {
  const entries = new Map<string, number>()
  for await (const keys of admin.scanStream({ match: `${prefix}*` }))
    for (const key of keys) entries.set(key, await admin.ttl(key))
  return entries
}

/** Nothing is in it any more, and its memory has no limit. For a Redis of our own alone. */
export async function forgetAll(admin: Redis): Promise<void> {
  await admin.config('SET', 'maxmemory', 0)
  await admin.flushall()
}

/**
 * Others use this Redis, too: their pages come in until nothing from before is left, or until it takes no more.
 * For a Redis of our own alone.
 */
export async function fillMemory(admin: Redis, policy: string): Promise<void> {
  const before = [...(await entriesOf(admin, '')).keys()]
  const [, used] = /used_memory:(\d+)/.exec(await admin.info('memory')) ?? []
  await admin.config('SET', 'maxmemory', Number(used) + 1_500_000)
  await admin.config('SET', 'maxmemory-policy', policy)
  for (let page = 0; page < mostPages && (await admin.exists(before)) > 0; page += 100)
    try {
      await admin.eval(writePages, 0, page)
    } catch (error) {
      if (`${error}`.includes('OOM')) return // as it is told to: nothing is forgotten
      throw error
    }
}

const mostPages = 100_000
/** A hundred of ten kilobytes in one step: so the memory is far from full, or far beyond. */
const writePages = `
for n = ARGV[1] + 1, ARGV[1] + 100 do redis.call('SET', 'page:' .. n, string.rep('x', 10000)) end`
