// The session server, as `npm start` runs it. What every server does (settings, store, port, signals) is in server/main.ts.
// Here is what makes this one its own: the settings that it adds, its routes, and what it says when it is ready.
// The tour in example/README.md begins here.
import { main } from '../server/main.ts'
import { createApp } from './app.ts'
import { demoAccount, readConfig } from './config.ts'
import { welcome } from './welcome.ts'

await main({ readConfig, wellKnown: [demoAccount.password], createApp, welcome })
