import t from 'tap'
import { serve } from '../../../example/server/serve.ts'
import { StoreUnavailable } from '../../../example/store/errors.ts'
import type { RecordStore } from '../../../example/store/types.ts'
import { keptEvents, NOW, testConfig } from '../../support/fixtures.ts'
import { fakeInterval, settled } from '../../support/time.ts'

t.test('what the sweeps of a server come to stands in its log', async (t) => {
  const interval = fakeInterval(t)
  const { events, log } = keptEvents()
  const stores: RecordStore[] = []
  const { stop } = await serve({
    config: testConfig({ PORT: '0' }),
    createApp({ store }) {
      stores.push(store)
      return async () => {}
    },
    log,
    now: () => NOW,
  })
  t.teardown(stop)
  const [store] = stores as [RecordStore]

  interval.tick()
  await settled()
  t.same(events, [], 'nothing where nothing had expired')

  await store.insert({ kind: 'session', owner: 'ada', id: 'old' }, 'text', NOW - 1)
  interval.tick()
  await settled()
  store.sweep = () => Promise.reject(new StoreUnavailable('sweep'))
  interval.tick()
  await settled()
  t.hasStrict(events, [
    { level: 'info', event: 'swept expired records', fields: { count: 1 } },
    { level: 'error', event: 'cannot sweep' },
  ])
})
