// The issuer, as `npm run start:issuer` runs it: many applications, each with its users and its keys. What every server does
// is in server/main.ts; ring.ts is the file to read first.
import cluster from 'node:cluster'
import { createPasswords } from '../password/hash.ts'
import { readEnvFile } from '../server/env-file.ts'
import { main } from '../server/main.ts'
import type { Given } from '../server/types.ts'
import { createApp } from './app.ts'
import { run } from './cli/run.ts'
import { byOurNames } from './cli/settings.ts'
import { readConfig } from './config.ts'
import { openSealed } from './open-sealed.ts'
import { welcome } from './welcome.ts'

const { argv, env, stdin, stdout, stderr } = process
const envFile = '.env.issuer'
const settings = (flags: Given, file = readEnvFile(envFile)) =>
  readConfig({ ...byOurNames(env), ...flags }, byOurNames(file))

const code = await run({
  args: argv.slice(2),
  file: envFile,
  settings,
  serve: (settings) =>
    main({
      envFile,
      readConfig: (_, file) => settings(file),
      createApp,
      wrapStore: (store, config) => openSealed(store, config, (text) => stdout.write(text)),
      welcome,
    }),
  passwords: createPasswords(),
  isFirst: cluster.isPrimary,
  now: () => Math.floor(Date.now() / 1000),
  stdin,
  stdout,
  stderr,
})
if (code !== 0) process.exitCode = code
