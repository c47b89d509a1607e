// S110, S113. A full disk takes half an entry of LevelDB's log, and whatever is written behind that half is
// lost at the next start: sign-outs that were answered, too. So nothing is, until a new log has begun.
import t, { type Test } from 'tap'
import {
  type FullDisk,
  limitedDisk,
  limitMissing,
  mayMount,
  mountedDisk,
} from '../support/full-disk.ts'
import { type ServerProcess, startServer } from '../support/process.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'

/** What the visitors were told last: who is signed in (200) and who is not (401). Who got 503 was told nothing. */
type Told = Map<string, 200 | 401>

const limited = 'a limit on the size of files'
const disks: Record<string, (t: Test) => FullDisk> = {
  [limited]: (t) => limitedDisk(t, 100),
}
// The same half of an entry once more, with the error of a real disk.
if (mayMount()) disks['a small file system'] = (t) => mountedDisk(t, 400)

const skip = limitMissing()

for (const [what, make] of Object.entries(disks)) {
  const isLimited = what === limited
  for (const signal of isLimited ? (['SIGTERM', 'SIGKILL'] as const) : (['SIGKILL'] as const)) {
    t.test(`${what}, room again, then ${signal}: every answer stands`, { skip }, async (t) => {
      const disk = make(t)
      const { server, told } = await untilItIsFull(t, disk)
      disk.makeRoom(server)
      await until(() => serves(server), 'the server works again, without a restart', 10)
      await signInAndOut(server, told)
      await server.end(signal)
      await everyAnswerStands(t, disk, told)
    })

    // What is found at the next start is the same half, whatever disk it is on.
    if (!isLimited) continue
    t.test(`${what}, and ${signal} while it is full: every answer stands`, { skip }, async (t) => {
      const disk = make(t)
      const { server, told } = await untilItIsFull(t, disk)
      t.equal(await server.end(signal), signal === 'SIGTERM' ? 0 : null)
      disk.makeRoom(server)
      await everyAnswerStands(t, disk, told)
    })
  }
}

async function start(t: Test, { folder }: FullDisk): Promise<ServerProcess> {
  const server = await startServer({
    STORE_URL: `level:${folder}`,
    FAILED_SIGN_INS_PER_MINUTE: '1000',
  })
  t.teardown(() => server.end('SIGKILL'))
  return server
}

async function untilItIsFull(
  t: Test,
  disk: FullDisk,
): Promise<{ server: ServerProcess; told: Told }> {
  const server = await start(t, disk)
  const told: Told = new Map()
  await signInAndOut(server, told)
  const stays = await signIn(server.url)
  told.set(stays, 200)
  disk.fill(server)
  await until(async () => {
    await signInAndOut(server, told)
    return (await health(server)).status === 503
  }, 'a write fails')

  t.strictSame(await health(server), { status: 503, reason: 'disk' }, '/health knows')
  t.equal(await visit(server.url, stays), 200, 'look-ups go on')
  t.equal(await signOut(server.url, stays), 503, 'nobody is told that it has signed out')
  told.delete(stays)
  return { server, told }
}

/** Eight at a time, so that writes are under way while another fails. */
async function signInAndOut({ url }: ServerProcess, told: Told): Promise<void> {
  const tokens = await Promise.all(
    Array.from({ length: 8 }, () => signIn(url).catch(() => undefined)),
  )
  const work = tokens.filter((token) => token !== undefined)
  for (const token of work) told.set(token, 200)
  await Promise.all(
    work.slice(0, 4).map(async (token) => {
      told.delete(token)
      if ((await signOut(url, token)) === 200) told.set(token, 401)
    }),
  )
}

async function everyAnswerStands(t: Test, disk: FullDisk, told: Told): Promise<void> {
  const server = await start(t, disk)
  const found: Told = new Map()
  for (const token of told.keys()) found.set(token, (await visit(server.url, token)) as 200 | 401)
  t.strictSame([...found.values()], [...told.values()], `${told.size} answers`)
  t.ok(await serves(server), 'and the server works')
}

async function serves({ url }: ServerProcess): Promise<boolean> {
  return (await signOut(url, await signIn(url))) === 200
}

async function health({
  url,
}: ServerProcess): Promise<{ status: number; reason: string | undefined }> {
  const res = await fetch(`${url}/health`)
  const { reason } = (await res.json()) as { reason?: string }
  return { status: res.status, reason }
}
