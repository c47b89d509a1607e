import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { signIn } from '../client.ts'
import { type Contestant, names, startBare, type Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { type Load, measure } from '../measure.ts'
import { type CpuProfile, timeByPlace } from '../profile.ts'
import { startRedis } from '../redis.ts'
import { Running } from '../running.ts'
import { startSessions } from '../sessions.ts'

/** Microseconds of the processor for one answer, by the place in the code, by the server's name. */
export type Profiles = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Where does the time of an answer go? Each server is looked at five thousand times a second. */
export async function measureProfiles(
  { servers, load }: Where,
  { seconds }: { seconds: number },
): Promise<Profiles> {
  const running = new Running()
  try {
    const level = await startOurs(names.level, `level:${running.add(temporaryFolder()).path}`)
    const redis = await startOurs(names.redis, running.add(await startRedis(load)).url)
    const folder = running.add(temporaryFolder()).path
    const bare = await startBare(running, level, servers, profileInto(folder))

    const profiles = new Map<string, ReadonlyMap<string, number>>()
    for (const server of [{ ...bare, folder }, level, redis])
      profiles.set(
        server.name,
        await profile(server, { connections: 100, seconds, loadCore: load }),
      )
    return profiles
  } finally {
    await running.stop()
  }

  async function startOurs(name: string, url: string): Promise<Profiled> {
    const secret = randomBytes(32).toString('base64url')
    const folder = running.add(temporaryFolder()).path
    const options = profileInto(folder)
    const server = running.add(await startSessions({ url, secret }, servers, {}, options))
    return { ...server, name, folder, credentials: [await signIn(server.url)] }
  }
}

interface Profiled extends Contestant {
  readonly folder: string
  stop(): Promise<void>
}

/** Microseconds of the processor for one answer, by place. Ends the server, for only then it writes its profile. */
async function profile(server: Profiled, load: Load): Promise<ReadonlyMap<string, number>> {
  await measure(server, { ...load, seconds: Math.min(2, load.seconds) })
  const start = microseconds()
  const { processorMicroseconds } = await measure(server, load)
  const window = { start, end: microseconds() }
  await server.stop()
  const times = [...timeByPlace(readProfile(server.folder), window)]
  const all = times.reduce((sum, [, time]) => sum + time, 0)
  return new Map(times.map(([place, time]) => [place, (time / all) * processorMicroseconds]))
}

function profileInto(folder: string): readonly string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200']
}

/** On a Node before 22.18 the compiler has a thread of its own with a profile of its own: the larger one is the server's. */
function readProfile(folder: string): CpuProfile {
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  return JSON.parse(texts.toSorted((a, b) => b.length - a.length)[0] ?? '{}')
}

/** The clock that V8 uses for its profiles, and that all processes of a machine share. */
function microseconds(): number {
  return Number(process.hrtime.bigint() / 1000n)
}
