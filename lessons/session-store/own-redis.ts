import { makeTemporaryFolder } from './folder.ts'
import { type RedisServer, startRedisServer } from './redis-server.ts'

/** A Redis that is nobody else's, in a folder of its own. */
export class OwnRedis {
  readonly #place = makeTemporaryFolder()
  /** Absent where the program is not installed. */
  #server: RedisServer | undefined

  static async start(): Promise<OwnRedis> {
    const redis = new OwnRedis()
    await redis.restart()
    return redis
  }

  get isThere(): boolean {
    return this.#server !== undefined
  }

  get port(): number {
    return this.#server?.port ?? 0
  }

  /** Whatever was in it is lost. */
  async restart(): Promise<void> {
    await this.#server?.end()
    this.#server = await startRedisServer(this.#place.folder)
  }

  async end(): Promise<void> {
    await this.#server?.end()
    this.#place.remove()
  }
}
