import { listen } from '../example/http/listen.ts'
import { codespaceHost } from '../example/server/codespace.ts'
import type { OpenClassroom } from '../tutor/classroom.ts'
import { createClassroom } from './app.ts'
import { createClassPages } from './class-app.ts'

const firstPort = 1340
const lastPort = 1349

const now = () => Math.floor(Date.now() / 1000)

/** Serves the course, or a class, on the first port that is free. */
export const startClassroom: OpenClassroom = async ({ journey, judge, env, folder }) => {
  for (let port = firstPort; ; port += 1) {
    const forwardedHost = env.FORWARDED_HOST ?? codespaceHost(env, port)
    const pages =
      folder === undefined
        ? createClassroom({ journey, judge, forwardedHost })
        : createClassPages({ journey, folder, now, forwardedHost })
    try {
      const url = `http://localhost:${port}/`
      const server = await listen({ handler: pages.handler, host: '127.0.0.1', port, limits })
      return {
        url,
        urlOf: ({ slug }) => `${url}lessons/${slug}`,
        ...(port === firstPort
          ? {}
          : { notice: `Port ${firstPort} is in use: this is the next that is free.` }),
        async stop() {
          await pages.stop()
          await server.stop()
        },
      }
    } catch (error) {
      if (port === lastPort || !isTaken(error)) throw error
    }
  }
}

function isTaken(error: unknown): boolean {
  const { cause } = error as Error
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}

/** For one learner, whose browser keeps a connection for each page that looks on. */
const limits = {
  maxHeaderBytes: 16_384,
  maxConnections: 200,
  headersTimeoutSeconds: 10,
  requestTimeoutSeconds: 30,
  keepAliveSeconds: 5,
  graceMilliseconds: 100,
  stopSeconds: 2,
}
