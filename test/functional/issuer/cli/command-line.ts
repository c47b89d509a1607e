import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../../../example/issuer/cli/run.ts'
import { byOurNames } from '../../../../example/issuer/cli/settings.ts'
import { readConfig } from '../../../../example/issuer/config.ts'
import type { Given } from '../../../../example/server/types.ts'
import { fakePasswords } from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'

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
    serve: async (flags) => void served.push(settings(flags)),
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
