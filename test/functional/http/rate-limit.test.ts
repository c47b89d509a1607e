import t from 'tap'
import { createRateLimit, type RateLimit } from '../../../example/http/rate-limit.ts'
import { NOW } from '../../support/fixtures.ts'
import { httpRejectionOf } from '../../support/refusal.ts'
import { stoppedTime } from '../../support/time.ts'

const ADA = '192.0.2.1'
const EVE = '192.0.2.66'
const refusal = 'Cannot answer: too many requests'

/** 200 for a point that was taken, or the status of the refusal. */
const take = (limit: RateLimit, key: string) =>
  limit.take(key).then(
    () => 200,
    ({ status }) => status,
  )

t.test('createRateLimit()', async (t) => {
  t.test('gives each key its points, and then 429 with the time to wait', async (t) => {
    const limit = createRateLimit({ points: 2, seconds: 60, refusal })
    t.equal(await take(limit, ADA), 200)
    t.equal(await take(limit, ADA), 200)
    const refused = await httpRejectionOf(limit.take(ADA))
    t.equal(refused.status, 429)
    t.strictSame(Object.keys(refused.headers), ['retry-after'])
    const wait = refused.headers['retry-after']
    t.equal(refused.message, `Cannot answer: too many requests. Try again in ${wait} seconds`)
    // Whole seconds (RFC 9110 §10.2.3), and no more than the window has.
    t.match(refused.headers['retry-after'], /^([1-9]|[1-5]\d|60)$/)
  })

  t.test('counts one second as one', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 1, refusal })
    await take(limit, ADA)
    const { message } = await httpRejectionOf(limit.take(ADA))
    t.equal(message, 'Cannot answer: too many requests. Try again in 1 second')
  })

  t.test('a clock that is set back makes the wait no longer than the window', async (t) => {
    const time = stoppedTime(t)
    time.setTime(NOW * 1000)
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    time.setTime((NOW - 3600) * 1000)
    t.equal((await httpRejectionOf(limit.take(ADA))).headers['retry-after'], '60')
  })

  t.test('keeps refusing', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    for (let attempt = 0; attempt < 20; attempt += 1) t.equal(await take(limit, ADA), 429)
  })

  t.test('counts each key for itself', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, EVE)
    t.equal(await take(limit, EVE), 429)
    t.equal(await take(limit, ADA), 200)
  })

  t.test('of a hundred at the same time only as many pass as there are points', async (t) => {
    const limit = createRateLimit({ points: 10, seconds: 60, refusal })
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => take(limit, ADA)))
    t.equal(outcomes.filter((outcome) => outcome === 200).length, 10)
  })

  t.test('a point given back can be taken again, by the same key only', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    await take(limit, EVE)
    await limit.giveBack(ADA)
    t.equal(await take(limit, ADA), 200)
    t.equal(await take(limit, ADA), 429)
    t.equal(await take(limit, EVE), 429)
  })

  t.test('two limits do not know of each other', async (t) => {
    const one = createRateLimit({ points: 1, seconds: 60, refusal })
    const other = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(one, ADA)
    t.equal(await take(other, ADA), 200)
  })
})
