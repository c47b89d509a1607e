import { learn } from './run.ts'
import { harmless } from './terminal/harmless.ts'

// npm run learn: the guide through the lessons, or one of its commands. run.ts is that, whatever it is started in.

const { argv, env, stdin, stdout, stderr } = process
stdout.on('error', cannotWrite)
process.exitCode = await learn({
  args: argv.slice(2),
  root: process.cwd(),
  ...{ env, stdin, stdout, stderr },
  openClassroom: async (options) => (await import('../classroom/start.ts')).startClassroom(options),
})

function cannotWrite(error: NodeJS.ErrnoException): void {
  // Whoever read along has gone: `npm run learn list | head -3`
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 1)
  stderr.write(`${harmless(`Cannot write: ${error.message}`)}\n`)
  process.exit(2)
}
