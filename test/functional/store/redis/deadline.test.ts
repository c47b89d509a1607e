import t from 'tap'
import { within } from '../../../../example/store/redis/deadline.ts'
import { settled, stoppedTime } from '../../../support/time.ts'

t.test('an answer that comes in time is the answer', async (t) => {
  const time = stoppedTime(t)
  let answer = (_: string) => {}
  const waiting = within(500, new Promise<string>((resolve) => (answer = resolve)))
  time.tick(499)
  answer('yes')
  t.equal(await waiting, 'yes')
})

t.test('a failure that comes in time is the failure, with nothing around it', async (t) => {
  const failure = new Error('READONLY')
  const error: unknown = await within(500, Promise.reject(failure)).catch((error) => error)
  t.equal(error, failure)
})

t.test('nothing is given up a millisecond too early, or too late', async (t) => {
  const time = stoppedTime(t)
  let outcome: unknown = 'still waiting'
  within(500, new Promise(() => {})).catch((error) => (outcome = error))
  time.tick(499)
  await settled()
  t.equal(outcome, 'still waiting')
  time.tick(1)
  await settled()
  if (!(outcome instanceof Error)) return void t.fail('no error')
  t.equal(outcome.message, 'Timed out: no answer within 500 ms')
})

t.test('what comes too late changes nothing, and a late failure is nobody else’s', async (t) => {
  // node ends a process at a rejection that nobody has caught: this file would fail.
  const late = {
    'an answer': () => Promise.resolve('late'),
    'a failure': () => Promise.reject(new Error('late')),
  }
  for (const [what, arrive] of Object.entries(late)) {
    t.test(what, async (t) => {
      const time = stoppedTime(t)
      let arriving = () => {}
      const gate = new Promise<void>((resolve) => (arriving = resolve))
      const waiting = within(500, gate.then(arrive)).catch((error: Error) => error.message)
      time.tick(500)
      arriving()
      t.equal(await waiting, 'Timed out: no answer within 500 ms')
      await settled()
    })
  }
})

t.test('an answer leaves no timer behind: it would keep a process from ending', async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  await within(5000, Promise.resolve())
  await within(5000, Promise.reject(new Error('no'))).catch(() => {})
  t.equal(timers(), before)
})
