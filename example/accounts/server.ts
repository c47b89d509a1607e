// The accounts server, as `npm run start:accounts` runs it: many users, many devices. What every server does is in
// server/main.ts; refresh.ts is the file to read first.
import { main } from '../server/main.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { welcome } from './welcome.ts'

await main({ readConfig, envFile: '.env.accounts', createApp, welcome })
