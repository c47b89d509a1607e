import t from 'tap'
import { Batch } from '../../../../example/store/redis/batch.ts'

function batching(answer: (names: string[]) => Promise<Array<string | null>>) {
  const sent: string[][] = []
  const batch = new Batch((names) => {
    sent.push(names)
    return answer(names)
  })
  return { batch, sent }
}

const echo = async (names: string[]) => names.map((name) => `text of ${name}`)

t.test('who asks in one turn of the event loop travels together', async (t) => {
  const { batch, sent } = batching(echo)
  // Read one after the other, as requests are.
  const ask = (name: string) =>
    new Promise((resolve) => setImmediate(() => resolve(batch.get(name))))
  const values = await Promise.all(['a', 'b', 'a'].map(ask))
  t.strictSame(values, ['text of a', 'text of b', 'text of a'], 'and each gets his own')
  t.strictSame(sent, [['a', 'b', 'a']])
})

t.test('who comes later travels with the next, even while the first is on its way', async (t) => {
  let arrive = () => {}
  const onItsWay = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const { batch, sent } = batching(async (names) => {
    if (names.includes('slow')) await onItsWay
    return await echo(names)
  })
  const first = batch.get('slow')
  await new Promise(setImmediate)
  t.equal(await batch.get('quick'), 'text of quick')
  arrive()
  t.equal(await first, 'text of slow')
  t.strictSame(sent, [['slow'], ['quick']])
})

t.test('what is not there is null', async (t) => {
  t.equal(await batching(async () => [null]).batch.get('a'), null)
  t.equal(await batching(async () => []).batch.get('a'), null, 'in an answer too short as well')
})

t.test('when it fails, it fails for all of them, and the next is another', async (t) => {
  const failure = new Error('Connection is closed.')
  const { batch } = batching(async (names) => {
    if (names.includes('bad')) throw failure
    return await echo(names)
  })
  const both = [batch.get('bad'), batch.get('good')].map((value) => value.catch((error) => error))
  t.strictSame(await Promise.all(both), [failure, failure])
  t.equal(await batch.get('good'), 'text of good')
})
