import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { run } from '../../../../example/accounts/cli/run.ts'
import { readConfig } from '../../../../example/accounts/config.ts'
import { openStore } from '../../../../example/store/open.ts'
import type { RecordStore } from '../../../../example/store/types.ts'
import { fakePasswords, type TestAccounts, testAccounts } from '../../../support/accounts.ts'
import { NOW, SECRET } from '../../../support/fixtures.ts'
import { temporaryFolder } from '../../../support/folder.ts'

const passwords = fakePasswords()

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The commands on a LevelDB of this test, and the server on it, one after the other. */
export function onDisk(t: Test, folder = temporaryFolder(t)) {
  const url = `level:${join(folder, 'data')}`
  return {
    url,
    command: async (args: readonly string[], stdin: Readable | string = ''): Promise<Ran> =>
      await command(args, { url, stdin }),
    /** Opens the store for as long as `use` takes. */
    async store<T>(use: (store: RecordStore) => Promise<T>): Promise<T> {
      const store = await openStore(url)
      try {
        return await use(store)
      } finally {
        await store.close()
      }
    },
    async server<T>(use: (server: TestAccounts) => Promise<T>): Promise<T> {
      return await this.store(async (store) => await use(await testAccounts({ store, passwords })))
    },
  }
}

/** One command, with what it has written. */
export async function command(
  args: readonly string[],
  { url, stdin = '' }: { url: string; stdin?: Readable | string },
): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await run({
    args,
    settings: () => readConfig({ STORE_URL: url, JWT_SECRET: SECRET }),
    passwords,
    now: () => NOW,
    stdin: typeof stdin === 'string' ? Readable.from([stdin]) : stdin,
    stdout,
    stderr,
  })
  stdout.end()
  stderr.end()
  return { code, stdout: await text(stdout), stderr: await text(stderr) }
}
