import { unlinkSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { runServer, startServer } from '../support/process.ts'

// S114. Two processes that write one LevelDB would damage it, and each would miss what the other has
// ended. LevelDB locks its folder; the second server says so in a sentence and stops.

t.test('a second server on the same folder', async (t) => {
  const folder = temporaryFolder(t)
  const environment = { STORE_URL: `level:${folder}/data`, LOG_LEVEL: 'silent' }
  const first = await startServer(environment)
  t.teardown(() => first.end())

  const sentence = `Cannot open the store: another process is using ${folder}/data. Is this server running in another terminal? Stop it there, or set STORE_URL and PORT\n`

  t.test('stops with one clear sentence and a code that is not 0', async (t) => {
    const { code, output } = await runServer({ ...environment, PORT: '0' })
    t.equal(output, sentence)
    t.equal(code, 1)
  })

  t.test('says so too when what the first is writing looks damaged', async (t) => {
    const log = `${folder}/data/999999.log`
    writeFileSync(log, Buffer.alloc(100))
    t.equal((await runServer({ ...environment, PORT: '0' })).output, sentence)
    unlinkSync(log)
  })

  t.test('does not disturb the first', async (t) => {
    t.equal((await fetch(`${first.url}/home`)).status, 200)
  })

  t.test('starts when the first has ended, even by force', async (t) => {
    await first.end('SIGKILL')
    const second = await startServer(environment)
    t.equal((await fetch(`${second.url}/home`)).status, 200)
    t.equal(await second.end(), 0)
  })
})
