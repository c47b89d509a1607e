import { readFileSync, writeFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { Passwords } from '../../password/hash.ts'
import { readPassword } from '../../server/read-password.ts'
import type { Given } from '../../server/types.ts'
import { openStore } from '../../store/open.ts'
import { Administrators } from '../administrator.ts'
import type { Config } from '../config.ts'
import { openSealed } from '../open-sealed.ts'
import { makeAdministrator } from './make-administrator.ts'
import { type Asked, readFlags } from './read-flags.ts'
import { sayFile, sayHelp } from './say.ts'

export interface CommandLine {
  readonly args: readonly string[]
  /** The file that `--conf` writes. */
  readonly file: string
  /** Reads the settings, of which those on the command line count first; throws where they are wrong. */
  readonly settings: (flags: Given) => Config
  readonly serve: (flags: Given) => Promise<void>
  readonly passwords: Pick<Passwords, 'hash'>
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
    await does(readFlags(line.args), line)
    return 0
  } catch (error) {
    line.stderr.write(`${(error as Error).message}\n`)
    return 1
  }
}

async function does(asked: Asked, line: CommandLine): Promise<void> {
  const say = (text: string) => line.stdout.write(text)
  if (asked.showsPassword && line.isFirst) line.stderr.write(seen)
  switch (asked.does) {
    case 'help':
      return void say(sayHelp())
    case 'version':
      return void say(`${versionOf()}\n`)
    case 'conf':
      writeNew(line.file)
      return void say(`Wrote ${line.file}, for you alone: it says what every setting is\n`)
    case 'init':
      return void say(`${await init(asked, line)}\n`)
    case 'serve':
      return await line.serve(asked.given)
  }
}

async function init({ admin, given }: Asked, line: CommandLine): Promise<string> {
  const { settings, passwords, now, stdin, stdout, stderr } = line
  const config = settings(given)
  if (config.storeUrl.engine === 'memory')
    throw new Error('Cannot make an administrator: memory: in STORE_URL ends with its process')
  const store = await openStore(config.storeUrl, { redis: config.redis })
  try {
    const opened = await openSealed(store, config, (text) => void stdout.write(text))
    return await makeAdministrator(admin, {
      administrators: new Administrators(opened),
      passwords,
      askPassword: () => readPassword(stdin, stderr),
      now,
    })
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
