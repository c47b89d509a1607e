// The issuer, as `npm run start:issuer` runs it: many applications, each with its users and its keys. What every server does
// is in server/main.ts; ring.ts is the file to read first.
import { main } from '../server/main.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { welcome } from './welcome.ts'

await main({ readConfig, envFile: '.env.issuer', createApp, welcome })
