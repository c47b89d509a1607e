import { HttpError } from '../example/http/errors.ts'
import { seeOther } from '../example/http/reply.ts'
import type { Routes } from '../example/http/router.ts'
import { requireSameOrigin } from '../example/http/same-origin.ts'
import type { Handler } from '../example/http/types.ts'
import { type Lesson, pageFile } from '../tutor/journey/course.ts'
import { sayError } from '../tutor/journey/disk.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import type { Judge } from '../tutor/judge/verdict.ts'
import { documentRoutes } from './documents.ts'
import { Following } from './following.ts'
import { mapOf } from './map.ts'
import { render } from './markdown.ts'
import { isFromElsewhere, type Pages, pageSender, servePages } from './pages.ts'
import { comparison, panelOf } from './panel.ts'
import { readShownFile } from './shown-file.ts'
import { Streams } from './stream.ts'
import { loadViews } from './views.ts'

/** The course of one learner as pages: whoever opens one sees what the guide in the terminal shows. */
export function createClassroom(deps: {
  journey: Journey
  judge: Judge
  forwardedHost?: string | undefined
}): Pages {
  const { journey, forwardedHost } = deps
  const { root } = journey
  const views = loadViews()
  const followed = new Map<string, Following>()
  let stopped = false
  const sendPage = pageSender({ forwardedHost })
  const streams = new Streams((error) => views.note(sayError(error, root)))

  function find(name = ''): Lesson {
    const lesson = journey.course.find(({ slug }) => slug === name)
    if (lesson === undefined) throw new HttpError(404, 'There is no such lesson')
    return lesson
  }

  function follow(lesson: Lesson): Following {
    if (stopped) throw new HttpError(503, 'The course has been closed')
    const known = followed.get(lesson.slug)
    if (known !== undefined) return known
    const following = new Following(journey, lesson, deps.judge)
    followed.set(lesson.slug, following)
    return following
  }

  const panel = (lesson: Lesson) => panelOf(journey, lesson, follow(lesson).state)

  /** What a button of the lesson does; then the browser is sent back, where it does not stay. */
  function button(act: (following: Following) => void | Promise<void>): Handler {
    return async (req, res, name) => {
      requireSameOrigin(req, { forwardedHost })
      const lesson = find(name)
      await act(follow(lesson))
      seeOther(res, `/lessons/${lesson.slug}#yours`)
    }
  }

  const routes: Routes = {
    '/': {
      async GET(_req, res) {
        journey.look()
        sendPage(res, views.map(mapOf(journey)))
      },
    },
    '/lessons/:slug': {
      async GET(req, res, name) {
        const lesson = find(name)
        journey.look()
        // Another site may have it in a frame that nobody sees: where it is shown, its script begins.
        if (!isFromElsewhere(req)) void follow(lesson).begin()
        const text = readShownFile(root, pageFile(lesson))
        const html = render(withoutAnswers(text), pageFile(lesson))
        const title = `${lesson.number}. ${lesson.title}`
        const around = { before: journey.before(lesson), after: journey.after(lesson) }
        sendPage(res, views.lesson(title, { ...around, html, ...panel(lesson) }))
      },
    },
    '/lessons/:slug/live': {
      async GET(req, res, name) {
        const lesson = find(name)
        // No link leads here: what another site has in a frame would begin the lesson.
        if (isFromElsewhere(req)) throw new HttpError(403, 'Cannot show this to another site')
        const show = () => views.panel(panel(lesson))
        const following = follow(lesson)
        if (!following.hasBegun) void following.begin()
        streams.open(res, show, (tell) => following.watch(tell))
      },
      HEAD: false,
    },
    '/lessons/:slug/check': { POST: button((following) => following.check()) },
    '/lessons/:slug/hint': { POST: button((following) => following.hint()) },
    '/lessons/:slug/reset': { POST: button((following) => following.reset()) },
    '/lessons/:slug/demo': { POST: button((following) => following.demonstrate()) },
    '/lessons/:slug/compare': {
      async GET(_req, res, name) {
        const lesson = find(name)
        const compared = comparison(journey, lesson)
        if (compared === undefined)
          throw new HttpError(404, 'First pass the lesson: then both answers are shown')
        sendPage(res, views.comparison(`${lesson.title}: two answers`, { lesson, ...compared }))
      },
    },
    ...documentRoutes({ root, views, sendPage }),
  }

  return {
    handler: servePages(routes, { views, root, forwardedHost }),
    async stop() {
      stopped = true
      streams.end()
      await Promise.all([...followed.values()].map((following) => following.stop()))
    },
  }
}

/** Hints come one by one beside the page, and the note on the answer comes after passing. */
function withoutAnswers(page: string): string {
  return page.replaceAll(
    /^<details><summary>(Hint \d:[^<]*|When it passes)<\/summary>\n.*?^<\/details>\n/gms,
    '',
  )
}
