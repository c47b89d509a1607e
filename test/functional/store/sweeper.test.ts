import t, { type Test } from 'tap'
import { startSweeper } from '../../../example/store/sweeper.ts'
import { NOW } from '../../support/fixtures.ts'
import { fakeInterval, settled } from '../../support/time.ts'

/** A sweeper over a store whose sweeps end as the test says, and what it has told. */
function sweeping(t: Test, sweep: (now: number) => Promise<number>) {
  const interval = fakeInterval(t)
  const told: unknown[] = []
  const sweeper = startSweeper({
    store: { sweep },
    now: () => NOW,
    everySeconds: 60,
    onSwept: (count) => told.push(count),
    onError: (error) => told.push(error),
  })
  return { interval, told, sweeper }
}

t.test('startSweeper()', async (t) => {
  t.test('sweeps at each interval with the time of then, and tells how many', async (t) => {
    const times: number[] = []
    const { interval, told } = sweeping(t, async (now) => times.push(now))
    t.equal(interval.milliseconds, 60_000)
    t.strictSame(times, [], 'not before the first interval is over')
    interval.tick()
    await settled()
    interval.tick()
    await settled()
    t.strictSame(times, [NOW, NOW])
    t.strictSame(told, [1, 2])
  })

  t.test('does not hold the process when all else has ended', async (t) => {
    const { interval } = sweeping(t, async () => 0)
    t.equal(interval.holdsTheProcess, false)
  })

  t.test('one sweep at a time', async (t) => {
    let begun = 0
    let finish = (_count: number) => {}
    const { interval, told } = sweeping(t, () => {
      begun += 1
      return new Promise((resolve) => (finish = resolve))
    })
    interval.tick()
    interval.tick()
    interval.tick()
    t.equal(begun, 1)
    finish(7)
    await settled()
    t.strictSame(told, [7])
    interval.tick()
    t.equal(begun, 2, 'and the next when it has ended')
  })

  t.test('a sweep that fails is told, and the next one is tried', async (t) => {
    const broken = new Error('broken')
    let sweeps = 0
    const { interval, told } = sweeping(t, async () => {
      sweeps += 1
      if (sweeps === 1) throw broken
      return 3
    })
    interval.tick()
    await settled()
    interval.tick()
    await settled()
    t.strictSame(told, [broken, 3])
  })

  t.test('stops when it is told to', async (t) => {
    const { interval, sweeper } = sweeping(t, async () => 0)
    t.equal(interval.running, true)
    sweeper.stop()
    t.equal(interval.running, false)
  })
})
