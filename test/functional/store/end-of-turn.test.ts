import t from 'tap'
import { endOfTurn } from '../../../example/store/end-of-turn.ts'
import { spiedStore } from './spied-store.ts'

t.test('all who ask in one turn of the event loop wait for the same end', async (t) => {
  const end = endOfTurn()
  t.equal(endOfTurn(), end)
  await end
  t.not(endOfTurn(), end, 'who comes now waits for the next')
})

t.test('LevelDB answers nobody before all that have come are read', async (t) => {
  const { store } = await spiedStore()
  const order: string[] = []
  async function ask(name: string) {
    order.push(`${name} asks`)
    await store.get({ kind: 'session', owner: name, id: '1' })
    order.push(`${name} is answered`)
  }
  const one = new Promise((resolve) => setImmediate(() => resolve(ask('ada'))))
  const other = new Promise((resolve) => setImmediate(() => resolve(ask('bob'))))
  await Promise.all([one, other])
  t.strictSame(order, ['ada asks', 'bob asks', 'ada is answered', 'bob is answered'])
})
