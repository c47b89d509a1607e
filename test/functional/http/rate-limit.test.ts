import t from 'tap'
import { HttpError } from '../../../example/http/errors.ts'
import { createRateLimit, type RateLimit } from '../../../example/http/rate-limit.ts'
import { NOW } from '../../support/fixtures.ts'
import { stoppedTime } from '../../support/time.ts'

const ADA = '192.0.2.1'
const EVE = '192.0.2.66'
const refusal = 'Cannot answer: too many requests'

/** Takes a point and says how that went. */
async function take(limit: RateLimit, key: string) {
  try {
    await limit.take(key)
    return 'taken'
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}

t.test('createRateLimit()', async (t) => {
  t.test('gives each key its points, and then 429 with the time to wait', async (t) => {
    const limit = createRateLimit({ points: 2, seconds: 60, refusal })
    t.equal(await take(limit, ADA), 'taken')
    t.equal(await take(limit, ADA), 'taken')
    const refused = await take(limit, ADA)
    if (!(refused instanceof HttpError)) return void t.fail('the third was taken')
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
    const refused = await take(limit, ADA)
    const message = 'Cannot answer: too many requests. Try again in 1 second'
    t.equal(refused instanceof HttpError && refused.message, message)
  })

  t.test('a clock that is set back makes the wait no longer than the window', async (t) => {
    const time = stoppedTime(t)
    time.setTime(NOW * 1000)
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    time.setTime((NOW - 3600) * 1000)
    const refused = await take(limit, ADA)
    t.equal(refused instanceof HttpError && refused.headers['retry-after'], '60')
  })

  t.test('keeps refusing', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    for (let attempt = 0; attempt < 20; attempt += 1)
      t.ok((await take(limit, ADA)) instanceof HttpError)
  })

  t.test('counts each key for itself', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, EVE)
    t.ok((await take(limit, EVE)) instanceof HttpError)
    t.equal(await take(limit, ADA), 'taken')
  })

  t.test('of a hundred at the same time only as many pass as there are points', async (t) => {
    const limit = createRateLimit({ points: 10, seconds: 60, refusal })
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => take(limit, ADA)))
    t.equal(outcomes.filter((outcome) => outcome === 'taken').length, 10)
  })

  t.test('a point given back can be taken again, by the same key only', async (t) => {
    const limit = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(limit, ADA)
    await take(limit, EVE)
    await limit.giveBack(ADA)
    t.equal(await take(limit, ADA), 'taken')
    t.ok((await take(limit, ADA)) instanceof HttpError)
    t.ok((await take(limit, EVE)) instanceof HttpError)
  })

  t.test('two limits do not know of each other', async (t) => {
    const one = createRateLimit({ points: 1, seconds: 60, refusal })
    const other = createRateLimit({ points: 1, seconds: 60, refusal })
    await take(one, ADA)
    t.equal(await take(other, ADA), 'taken')
  })
})
