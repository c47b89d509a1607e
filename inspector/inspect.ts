import { inspect } from './run.ts'

// npm run inspect: takes a token apart, and checks it.

const { argv, env, stdin, stdout, stderr } = process

// Whoever reads the first lines only, as `head` does, has seen enough. A full disk has not: 2.
for (const stream of [stdout, stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exit(2)
  })
process.exitCode = await inspect({ args: argv.slice(2), env, stdin, stdout, stderr })
