// Redis runs a script as one step: nobody reads or writes in between.
// Our key is `kind:{owner}:id`. Redis Cluster looks only at what stands in braces to find the node of a key, so
// that all records of one owner are on one node, together with `kind:{owner}`, the index of their ids.

/**
 * KEYS: record, index. ARGV: id, value, expiresAt or nothing. 1 when written, 0 when the key is taken.
 * The index is a sorted set of ids by their expiry, in which `+inf` is never. Each insert drops the ids of
 * records that Redis has forgotten by now, and the index itself is forgotten with its last record.
 * An index of another type is none of ours and makes room. Otherwise ZADD is the first write: only
 * before that does Redis ask whether a script has memory left.
 */
export const insertScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local kind = redis.call('TYPE', KEYS[2]).ok
if kind ~= 'zset' and kind ~= 'none' then redis.call('DEL', KEYS[2]) end
redis.call('ZADD', KEYS[2], ARGV[3] == '' and '+inf' or ARGV[3], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. redis.call('TIME')[1])
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]
if last == 'inf' then redis.call('PERSIST', KEYS[2])
elseif last then redis.call('EXPIREAT', KEYS[2], last) end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[3] ~= '' then redis.call('EXPIREAT', KEYS[1], ARGV[3]) end
return 1`

/** Compare-and-set. KEYS: record. ARGV: expected, value. 1 when replaced; the expiry stays. */
export const replaceScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`

/** KEYS: a name. It is gone within a second. */
export const pingScript = `
redis.call('SET', KEYS[1], '', 'PX', 1000)
return 1`

/** KEYS: record, index. ARGV: id. 1 when there was something to remove. */
export const removeScript = `
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('DEL', KEYS[1])`
