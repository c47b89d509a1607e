import t from 'tap'
import { Attempts } from '../../../example/password/attempts.ts'
import { openStore } from '../../../example/store/open.ts'
import { NOW } from '../../support/fixtures.ts'

async function attempts(perMinute = 3) {
  const store = await openStore('memory:')
  return { store, attempts: new Attempts(store, perMinute) }
}

t.test('so many pass in a minute, and with the next one there are new ones', async (t) => {
  const { attempts: three } = await attempts()
  for (let n = 0; n < 3; n += 1) t.ok(await three.take('ada', NOW))
  t.equal(await three.take('ada', NOW), undefined)
  t.ok(await three.take('bob', NOW), 'each has its own')
  t.ok(await three.take('ada', NOW + 60))
})

t.test('of any number at once exactly so many pass', async (t) => {
  const { attempts: three } = await attempts()
  const taken = await Promise.all(Array.from({ length: 20 }, () => three.take('ada', NOW)))
  t.equal(taken.filter((one) => one !== undefined).length, 3)
})

t.test('one that is taken back is free again', async (t) => {
  const { attempts: three } = await attempts()
  const first = await three.take('ada', NOW)
  await three.take('ada', NOW)
  await three.take('ada', NOW)
  await first?.()
  t.ok(await three.take('ada', NOW))
  t.equal(await three.take('ada', NOW), undefined)
})

t.test('they are forgotten with their minute, and hold nothing of what was typed', async (t) => {
  const { store, attempts: three } = await attempts()
  await three.take('user my-password-in-the-wrong-field', NOW)
  t.equal(await store.sweep(NOW), 0)
  t.equal(await store.sweep(Math.floor(NOW / 60) * 60 + 60), 1)
})
