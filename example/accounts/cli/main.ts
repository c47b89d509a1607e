import { createPasswords } from '../../password/hash.ts'
import { readEnvFile } from '../../server/env-file.ts'
import { readConfig } from '../config.ts'
import { run } from './run.ts'

// npm run accounts:admin, accounts:export and accounts:import: what is done beside the server, by whoever may read its store.

const { argv, env, stdin, stdout, stderr } = process

process.exitCode = await run({
  args: argv.slice(2),
  settings: () => readConfig(env, readEnvFile('.env.accounts')),
  passwords: createPasswords(),
  now: () => Math.floor(Date.now() / 1000),
  ...{ stdin, stdout, stderr },
})
