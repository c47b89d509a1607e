import type { Routes } from '../example/http/router.ts'
import { sayError } from '../tutor/journey/disk.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import { classOf } from './class.ts'
import { type Pages, pageSender, servePages } from './pages.ts'
import { Streams } from './stream.ts'
import { loadViews } from './views.ts'

const lookMilliseconds = 3000

/** One page for whoever teaches: where each learner is, and who has been at one check for long. */
export function createClassPages(deps: {
  journey: Pick<Journey, 'root' | 'course'>
  /** Where the folders of the learners are. */
  folder: string
  /** The time in seconds since 1970. */
  now: () => number
  forwardedHost?: string | undefined
}): Pages {
  const { journey, folder, now, forwardedHost } = deps
  const views = loadViews()
  const sendPage = pageSender({ forwardedHost })
  const streams = new Streams((error) => views.note(sayError(error, journey.root)))
  const seats = () => classOf(folder, journey.course, now())
  seats() // a folder that cannot be read is said at the start

  const routes = {
    '/': {
      async GET(_req, res) {
        sendPage(res, views.class(seats()))
      },
    },
    '/live': {
      async GET(_req, res) {
        streams.open(
          res,
          () => views.seats(seats()),
          (tell) => {
            const looking = setInterval(tell, lookMilliseconds)
            return () => clearInterval(looking)
          },
        )
      },
      HEAD: false,
    },
  } satisfies Routes

  return {
    handler: servePages(routes, { views, root: journey.root, forwardedHost }),
    async stop() {
      streams.end()
    },
  }
}
