import { HttpError } from '../example/http/errors.ts'
import { securityHeaders } from '../example/http/headers.ts'
import { requireLoopbackHost } from '../example/http/loopback.ts'
import { reply, seeOther } from '../example/http/reply.ts'
import { createRouter, type Routes } from '../example/http/router.ts'
import { requireSameOrigin } from '../example/http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse } from '../example/http/types.ts'
import { assetHandler } from '../example/server/assets.ts'
import { createLastResort } from '../example/server/last-resort.ts'
import { type Lesson, pageFile } from '../tutor/journey/course.ts'
import { sayError } from '../tutor/journey/disk.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import type { judge } from '../tutor/judge/verdict.ts'
import { Following } from './following.ts'
import { mapOf } from './map.ts'
import { diagramsOf, highlight, render } from './markdown.ts'
import { comparison, panelOf } from './panel.ts'
import { readShownFile } from './shown-file.ts'
import { Stream } from './stream.ts'
import { loadViews } from './views.ts'

export interface Classroom {
  readonly handler: Handler
  /** Ends what runs, and sends every page that looks on away. */
  stop(): Promise<void>
}

/** The course of one learner as pages: whoever opens one sees what the guide in the terminal shows. */
export function createClassroom(deps: {
  journey: Journey
  judge: typeof judge
  forwardedHost?: string | undefined
}): Classroom {
  const { journey, forwardedHost } = deps
  const { root } = journey
  const views = loadViews()
  const followed = new Map<string, Following>()
  const streams = new Set<Stream>()

  const page = (res: HttpResponse, body: string) =>
    reply(res, { status: 200, type: 'html', body, headers })

  function find(name = ''): Lesson {
    const lesson = journey.course.find(({ slug }) => slug === name)
    if (lesson === undefined) throw new HttpError(404, 'There is no such lesson')
    return lesson
  }

  function follow(lesson: Lesson): Following {
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
        page(res, views.map(mapOf(journey)))
      },
    },
    '/lessons/:slug': {
      async GET(_req, res, name) {
        const lesson = find(name)
        journey.look()
        follow(lesson).begin()
        const text = readShownFile(root, pageFile(lesson))
        const html = render(withoutAnswers(text), pageFile(lesson))
        const title = `${lesson.number}. ${lesson.title}`
        const around = { before: journey.before(lesson), after: journey.after(lesson) }
        page(res, views.lesson(title, { ...around, html, ...panel(lesson) }))
      },
    },
    '/lessons/:slug/live': {
      async GET(_req, res, name) {
        const lesson = find(name)
        const following = follow(lesson)
        const tell = () => stream.send('panel', views.panel(panel(lesson)))
        const leave = following.watch(tell)
        const stream = new Stream(res, () => {
          leave()
          streams.delete(stream)
        })
        streams.add(stream)
        tell()
      },
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
        page(res, views.comparison(`${lesson.title}: two answers`, { lesson, ...compared }))
      },
    },
    '/file': {
      async GET(req, res) {
        const file = new URL(req.url ?? '', 'http://localhost').searchParams.get('path') ?? ''
        const text = readShownFile(root, file)
        const html = file.endsWith('.md') && render(text, file)
        const code = numbered(text, file.split('.').at(-1) ?? '')
        page(res, views.file(file, { file, html, code: !html && code }))
      },
    },
    '/diagram': {
      async GET(req, res) {
        const asked = new URL(req.url ?? '', 'http://localhost').searchParams
        const texts = diagramsOf(readShownFile(root, asked.get('path') ?? ''))
        const text = texts[Number(asked.get('number'))]
        if (text === undefined) throw new HttpError(404, 'There is no such drawing')
        const { drawDiagram } = await import('./diagram.ts') // the heaviest of all, and of few pages
        reply(res, { status: 200, type: 'svg', body: drawDiagram(text) })
      },
    },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
    '/live.js': { GET: assetHandler({ type: 'js', body: views.script }) },
  }

  const route = createRouter(routes)
  const answerError = createLastResort({
    page: views.problem,
    subjectOf: async () => undefined,
    log: () => {},
  })

  async function handler(req: HttpRequest, res: HttpResponse): Promise<void> {
    try {
      requireLoopbackHost(req, forwardedHost)
      await route(req)(req, res)
    } catch (error) {
      // Nobody else reads this page: what is wrong with a file of theirs is for their eyes.
      const own = error instanceof HttpError ? error : new HttpError(500, sayError(error, root))
      await answerError(own, req, res)
    }
  }

  return {
    handler,
    async stop() {
      for (const stream of streams) stream.end()
      await Promise.all([...followed.values()].map((following) => following.stop()))
    },
  }
}

/** One script of ours runs, which shows what the checks have found; and an editor may show the page in a frame. */
const headers = {
  'content-security-policy': securityHeaders['content-security-policy']
    .replace("frame-ancestors 'none'", 'frame-ancestors vscode-webview: https://*.github.dev')
    .concat("; script-src 'self'; connect-src 'self'"),
}

/** Hints come one by one beside the page, and the note on the answer comes after passing. */
function withoutAnswers(page: string): string {
  return page.replaceAll(
    /^<details><summary>(Hint \d:[^<]*|When it passes)<\/summary>\n.*?^<\/details>\n/gms,
    '',
  )
}

function numbered(text: string, language: string): object[] {
  return highlight(text.trimEnd(), language)
    .split('\n')
    .map((html, at) => ({ number: at + 1, html }))
}
