import t from 'tap'
import { leewayWith } from '../../../example/server/leeway.ts'

t.test('the leeway is for stores that several machines share', async (t) => {
  for (const engine of ['memory', 'level'] as const) t.equal(leewayWith(engine), 0, engine)
  for (const engine of ['redis', 'redis-cluster', 'redis-sentinel'] as const)
    t.equal(leewayWith(engine), 5, engine)
})
