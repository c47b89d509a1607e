import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import { testApp } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { listening } from '../support/listening.ts'
import { signIn, signOut, visit } from './client.ts'

const rounds = 60
const readers = 4

/** On disk, since a write that takes its time is what leaves room for a race. */
async function serverOnDisk(t: Test) {
  const store = await openStore(`level:${join(temporaryFolder(t), 'data')}`)
  t.teardown(() => store.close())
  const { app } = await testApp({
    store,
    environment: { REQUESTS_PER_SECOND: '1000000', SIGN_INS_PER_MINUTE: '1000' },
  })
  return await listening(t, app)
}

t.test(`once signing out is answered no later request passes, ${rounds} times`, async (t) => {
  const { url } = await serverOnDisk(t)
  const seen = { before: 0, after: 0 }
  const passedAfterwards: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const token = await signIn(url)
    let answered = false

    // Asks until the first request that was sent after the answer.
    const read = async () => {
      for (let request = 0; request < 10_000; request += 1) {
        const sentAfterwards = answered
        const status = await visit(url, token)
        seen[sentAfterwards ? 'after' : 'before'] += 1
        if (sentAfterwards && status !== 401) passedAfterwards.push(status)
        if (sentAfterwards) return
      }
    }
    const leave = async () => {
      const status = await signOut(url, token)
      answered = true
      if (status !== 200) t.fail(`signing out was answered with ${status}`)
    }
    await Promise.all([...Array.from({ length: readers }, read), leave()])
  }

  t.same(passedAfterwards, [])
  t.equal(seen.after, rounds * readers)
  t.ok(seen.before > rounds, 'and there was a race: others were reading all the while')
})

t.test('of two that sign out at once exactly one is told that it did', async (t) => {
  const { url } = await serverOnDisk(t)
  for (let round = 0; round < 20; round += 1) {
    const token = await signIn(url)
    const statuses = await Promise.all([signOut(url, token), signOut(url, token)])
    t.same(statuses.sort(), [200, 401])
  }
})
