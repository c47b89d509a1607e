import t from 'tap'
import { Turns } from '../../../example/store/turns.ts'
import { settled } from '../../support/time.ts'

/** Work that ends when it is told to, and says when it began. */
function held<T>(value: T) {
  let finish: () => void = () => {}
  const gate = new Promise<void>((resolve) => (finish = resolve))
  const work = {
    begun: false,
    finish: () => finish(),
    run: async () => {
      work.begun = true
      await gate
      return value
    },
  }
  return work
}

t.test('take()', async (t) => {
  t.test('lets work on one key wait for the one before', async (t) => {
    const turns = new Turns()
    const [first, second, third] = [held(1), held(2), held(3)]
    const results = [first, second, third].map((work) => turns.take('key', work.run))
    await settled()
    t.strictSame([first.begun, second.begun, third.begun], [true, false, false])
    first.finish()
    await settled()
    t.strictSame([second.begun, third.begun], [true, false])
    second.finish()
    third.finish()
    t.strictSame(await Promise.all(results), [1, 2, 3])
  })

  t.test('lets work on different keys go on at once', async (t) => {
    const turns = new Turns()
    const [ada, eve] = [held('ada'), held('eve')]
    const results = [turns.take('ada', ada.run), turns.take('eve', eve.run)]
    t.strictSame([ada.begun, eve.begun], [true, true])
    eve.finish()
    t.equal(await results[1], 'eve')
    const next = held('next')
    const waiting = turns.take('ada', next.run)
    t.equal(next.begun, false, 'the end of one lets nobody by at another')
    ada.finish()
    next.finish()
    t.strictSame([await results[0], await waiting], ['ada', 'next'])
  })

  t.test('an error is for the one whose work it was; the next has its turn', async (t) => {
    const turns = new Turns()
    const broken = new Error('broken')
    const first = turns.take('key', async () => {
      throw broken
    })
    const second = turns.take('key', async () => 'done')
    t.equal(await first.catch((error) => error), broken)
    t.equal(await second, 'done')
  })

  t.test('a key is free again when all had their turns', async (t) => {
    const turns = new Turns()
    await Promise.all([turns.take('key', async () => 1), turns.take('key', async () => 2)])
    const work = held('done')
    const turn = turns.take('key', work.run)
    t.equal(work.begun, true, 'nobody is before: the old turns are forgotten')
    work.finish()
    await turn
  })
})
