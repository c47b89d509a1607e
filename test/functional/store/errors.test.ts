import t from 'tap'
import { StoreNotOpened, StoreUnavailable } from '../../../example/store/errors.ts'

t.test(
  'StoreUnavailable says what could not be done, and keeps the cause for the log',
  async (t) => {
    const cause = new Error('disk full')
    const error = new StoreUnavailable('write the record', { cause })
    t.ok(error instanceof Error)
    t.equal(error.name, 'StoreUnavailable')
    t.equal(error.message, 'Cannot write the record: the store does not answer')
    t.equal(error.cause, cause)
  },
)

t.test('StoreNotOpened says why, to the person who starts the server', async (t) => {
  const cause = new Error('EACCES')
  const error = new StoreNotOpened('another process is using ./data', { cause })
  t.ok(error instanceof Error)
  t.equal(error.name, 'StoreNotOpened')
  t.equal(error.message, 'Cannot open the store: another process is using ./data')
  t.equal(error.cause, cause)
})

t.test('neither needs a cause', async (t) => {
  t.notOk('cause' in new StoreUnavailable('read the record'))
  t.notOk('cause' in new StoreNotOpened('another process is using ./data'))
})
