import { run } from './inspect/run.ts'

// npm run inspect: takes a token apart, and checks it.

// Whoever reads the first lines only, as `head` does, has seen enough. A full disk has not: 2.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exit(2)
  })
process.exitCode = await run(process)
