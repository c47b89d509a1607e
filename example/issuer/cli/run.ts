import { readFileSync, writeFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { Passwords } from '../../password/hash.ts'
import { readPassword } from '../../server/read-password.ts'
import type { Given } from '../../server/types.ts'
import { openStore } from '../../store/open.ts'
import type { RecordStore } from '../../store/types.ts'
import type { ScryptFigures } from '../../store/vault.ts'
import { Administrators } from '../administrator.ts'
import type { Config } from '../config.ts'
import { openSealed } from '../open-sealed.ts'
import { changeStorePassword } from './change-password.ts'
import { makeAdministrator } from './make-administrator.ts'
import { type Asked, namingFlags, readFlags } from './read-flags.ts'
import { sayFile, sayHelp } from './say.ts'

export interface CommandLine {
  readonly args: readonly string[]
  /** The file that `--conf` writes. */
  readonly file: string
  /** Reads the settings, of which those on the command line count first; throws where they are wrong. */
  readonly settings: (flags: Given, file?: Given) => Config
  readonly serve: (settings: (file?: Given) => Config) => Promise<void>
  readonly passwords: Pick<Passwords, 'hash'>
  /** What a guess at the password of the store costs; a test has less time. */
  readonly figures?: ScryptFigures
  /** Of several processes only the first one warns. */
  readonly isFirst: boolean
  /** The time in seconds since 1970. */
  readonly now: () => number
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
}

/** Does what the command line asks for; the exit code is 1 for what is refused, with one sentence. */
export async function run(line: CommandLine): Promise<0 | 1> {
  try {
    const done = await carryOut(readFlags(line.args), line)
    if (done !== undefined) line.stdout.write(`${done}\n`)
    return 0
  } catch (error) {
    line.stderr.write(`${(error as Error).message}\n`)
    return 1
  }
}

/** What there is to say afterwards. */
async function carryOut(asked: Asked, line: CommandLine): Promise<string | undefined> {
  const { stdin, stdout, stderr, passwords, now } = line
  if (asked.showsPassword && line.isFirst) stderr.write(seen)
  const settings = (file?: Given) => namingFlags(asked, () => line.settings(asked.given, file))
  const askPassword = () => readPassword(stdin, stderr)
  switch (asked.command) {
    case 'help':
      return sayHelp()
    case 'version':
      return versionOf()
    case 'conf':
      writeNew(line.file)
      return `Wrote ${line.file}, for you alone: it says what every setting is`
    case 'init':
      return await inStore('make an administrator', settings(), async (store, config) => {
        const opened = await openSealed(store, config, (text) => void stdout.write(text))
        const administrators = new Administrators(opened)
        const deps = { administrators, passwords, askPassword, now }
        return await makeAdministrator(asked.admin, deps)
      })
    case 'change-password':
      return await inStore('change the password', settings(), (store, config) =>
        changeStorePassword(store, config, askPassword, line.figures),
      )
    case 'serve':
      return void (await line.serve(settings))
  }
}

/** Opens the store for something that must outlive this process. */
async function inStore<Result>(
  what: string,
  config: Config,
  work: (store: RecordStore, config: Config) => Promise<Result>,
): Promise<Result> {
  if (config.storeUrl.engine === 'memory')
    throw new Error(`Cannot ${what}: memory: in STORE_URL ends with its process`)
  const store = await openStore(config.storeUrl, { redis: config.redis })
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/** A file that is there is somebody's work. */
function writeNew(path: string): void {
  try {
    writeFileSync(path, sayFile(), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'EEXIST' ? 'it is there already, and stays as it is' : code
    throw new Error(`Cannot write ${path}: ${why}`, { cause })
  }
}

function versionOf(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}

const seen =
  'Whoever is on this machine sees the password in the list of processes: set ISSUER_PASSWORD in the environment or in .env.issuer\n'
