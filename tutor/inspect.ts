import { run } from './inspect/run.ts'

// npm run inspect: takes a token apart, and checks it.

// Whoever reads the first lines only, as `head` does, has seen enough.
process.stdout.on('error', () => process.exit())
process.exitCode = await run(process)
