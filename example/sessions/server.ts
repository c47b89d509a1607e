import { main } from '../server/main.ts'
import { createApp } from './app.ts'
import { demoAccount, readConfig } from './config.ts'
import { welcome } from './welcome.ts'

await main({ readConfig, wellKnown: [demoAccount.password], createApp, welcome })
