import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Passwords } from '../../password/hash.ts'
import { readPassword } from '../../server/read-password.ts'
import { openStore } from '../../store/open.ts'
import type { RecordStore } from '../../store/types.ts'
import type { Config } from '../config.ts'
import { Users } from '../user.ts'
import { exportUsers } from './export-users.ts'
import { importUsers } from './import-users.ts'
import { makeAdministrator } from './make-administrator.ts'
import { type Command, readCommand, usage } from './options.ts'

interface CommandLine {
  readonly args: readonly string[]
  /** Reads the settings of the server; throws where they are wrong. */
  readonly settings: () => Pick<Config, 'storeUrl' | 'redis'>
  readonly passwords: Pick<Passwords, 'hash'>
  /** The time in seconds since 1970. */
  readonly now: () => number
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
}

/** Runs one command to its end. Gives the exit code: 0 for done, 1 for refused, 2 for a command line that makes no sense. */
export async function run(line: CommandLine): Promise<0 | 1 | 2> {
  const { args, settings, stdout, stderr } = line
  const command = readCommand(args)
  if (command === undefined || command.name === 'help') {
    const code = command === undefined ? 2 : 0
    const output = code === 2 ? stderr : stdout
    output.write(usage)
    return code
  }
  try {
    const { storeUrl, redis } = settings()
    if (storeUrl.engine === 'memory')
      throw new Error('Cannot find any users: STORE_URL is memory:, which ends with its process')
    const store = await openStore(storeUrl, { redis })
    try {
      return await onStore(store, command, line)
    } finally {
      await store.close()
    }
  } catch (error) {
    stderr.write(`${(error as Error).message}\n`)
    return 1
  }
}

async function onStore(
  store: RecordStore,
  command: Exclude<Command, { name: 'help' }>,
  { passwords, now, stdin, stdout, stderr }: CommandLine,
): Promise<0 | 1> {
  const users = new Users(store)
  switch (command.name) {
    case 'admin': {
      const deps = { users, passwords, now }
      const askPassword = () => readPassword(stdin, stderr)
      stdout.write(`${await makeAdministrator(command.username, { ...deps, askPassword })}\n`)
      return 0
    }
    case 'export':
      return await exportUsers(users, { stdout, stderr })
    case 'import': {
      const bytes = await (command.file === undefined ? buffer(stdin) : readFile(command.file))
      stdout.write(`${await importUsers(bytes, { users, now })}\n`)
      return 0
    }
  }
}
