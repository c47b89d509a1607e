import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import t, { type Test } from 'tap'
import { Sessions } from '../../example/sessions/session.ts'
import { openStore } from '../../example/store/open.ts'
import { spiedStore } from '../functional/store/spied-store.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'

// S110, S111, RFC 7009 §2.2. Who was told "signed out" is signed out, also if the power fails in the
// next moment. A write that takes a right away is answered when the disk has it (`sync`); one that
// gives a right may be lost, since its loss locks out and lets nobody in.

t.test('the disk is waited for where a right is taken away, and only there', async (t) => {
  const { store, written } = await spiedStore()
  const sessions = new Sessions(store)
  const syncs = () => written.map(({ sync }) => sync)
  const id = await sessions.start({ subject: 'ada', lifetimeSeconds: 60, agent: '' }, NOW)
  t.strictSame(syncs(), [false], 'a session that begins')
  t.ok(await sessions.end('ada', id, NOW))
  t.strictSame(syncs(), [false, true], 'a session that ends')
})

t.test('whoever writes a promise forever waits for the disk, too', async (t) => {
  const { store, written } = await spiedStore()
  const key = { kind: 'user', owner: 'all', id: 'ada' }
  t.equal(await store.insert(key, 'signed up', undefined, { durable: true }), true)
  t.strictSame(
    written.map(({ sync }) => sync),
    [true],
  )
})

// A program of its own, so that it can be killed: it says "ended" when the store has answered.
const program = `
import { openStore } from '${new URL('../../example/store/open.ts', import.meta.url)}'
const store = await openStore(process.argv[1])
const key = { kind: 'session', owner: 'ada', id: '1' }
await store.insert(key, 'live')
await store.replace(key, 'live', 'ended', { durable: true })
console.log('ended')
setInterval(() => {}, 1000)
`

async function endAndBeKilled(t: Test, url: string): Promise<NodeJS.Signals | null> {
  const { PATH = '' } = process.env
  const child = spawn(
    process.execPath,
    ['--import=./example/typescript.mjs', '--input-type=module', '--eval', program, url],
    { env: { PATH }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  t.equal(line, 'ended')
  child.kill('SIGKILL')
  const [, signal] = await once(child, 'exit')
  return signal
}

t.test('what was answered is there after kill -9', async (t) => {
  for (let round = 1; round <= 5; round += 1) {
    t.test(`round ${round}`, async (t) => {
      const url = `level:${temporaryFolder(t)}/data`
      t.equal(await endAndBeKilled(t, url), 'SIGKILL')
      const store = await openStore(url)
      t.teardown(() => store.close())
      t.equal(await store.get({ kind: 'session', owner: 'ada', id: '1' }), 'ended')
    })
  }
})
