import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../../../example/issuer/cli/run.ts'
import { byOurNames } from '../../../../example/issuer/cli/settings.ts'
import { readConfig } from '../../../../example/issuer/config.ts'
import type { Given } from '../../../../example/server/types.ts'
import { openStore } from '../../../../example/store/open.ts'
import { createVault } from '../../../../example/store/vault.ts'
import { fakePasswords } from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'
import { temporaryFolder } from '../../../support/folder.ts'

export const opens = 'of-the-store-for-tests-4hG'
const cheap = { N: 16, r: 8, p: 1 }

/** A store on disk that is sealed already, so that a test does not wait for its password. */
export async function onDisk(t: Parameters<typeof temporaryFolder>[0]) {
  const STORE_URL = `level:${join(temporaryFolder(t), 'data')}`
  const store = await openStore(STORE_URL)
  await createVault(store, opens, cheap)
  await store.close()
  return { environment: { STORE_URL, ISSUER_PASSWORD: opens }, STORE_URL }
}

/** One command line, with what it has written, and the settings of a server that it would start. */
export async function command(
  args: readonly string[],
  options: {
    environment?: Given
    fromFile?: Given
    file?: string
    stdin?: string
    isFirst?: boolean
  } = {},
) {
  const { environment = {}, fromFile = {}, file = '', stdin = '', isFirst = true } = options
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const settings = (flags: Given) =>
    readConfig({ ...byOurNames(environment), ...flags }, byOurNames(fromFile))
  const served: Array<ReturnType<typeof settings>> = []
  const code = await run({
    args,
    file,
    settings,
    serve: async (read) => void served.push(read()),
    figures: cheap,
    passwords: fakePasswords(),
    isFirst,
    now: () => NOW,
    stdin: Readable.from([stdin]),
    stdout,
    stderr,
  })
  stdout.end()
  stderr.end()
  return { code, stdout: await text(stdout), stderr: await text(stderr), config: served[0] }
}
