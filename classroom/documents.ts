import { HttpError } from '../example/http/errors.ts'
import { reply } from '../example/http/reply.ts'
import type { Routes } from '../example/http/router.ts'
import type { HttpRequest, HttpResponse } from '../example/http/types.ts'
import { diagramsOf, highlightLines, render } from './markdown.ts'
import { readShownFile } from './shown-file.ts'
import type { Views } from './views.ts'

/** What lessons link to: files of this repository as pages, and the diagrams of documents as pictures. */
export function documentRoutes({
  root,
  views,
  sendPage,
}: {
  root: string
  views: Pick<Views, 'file'>
  sendPage: (res: HttpResponse, body: string) => void
}): Routes {
  return {
    '/file': {
      async GET(req, res) {
        const file = asked(req).get('path') ?? ''
        const text = readShownFile(root, file)
        const shown = file.endsWith('.md')
          ? { html: render(text, file) }
          : { code: highlightLines(text, file.split('.').at(-1) ?? '') }
        sendPage(res, views.file(file, { file, ...shown }))
      },
    },
    '/diagram': {
      async GET(req, res) {
        const texts = diagramsOf(readShownFile(root, asked(req).get('path') ?? ''))
        const text = texts[Number(asked(req).get('number'))]
        if (text === undefined) throw new HttpError(404, 'There is no such drawing')
        const { drawDiagram } = await import('./diagram.ts') // the heaviest of all, and of few pages
        reply(res, { status: 200, type: 'svg', body: drawDiagram(text) })
      },
    },
  }
}

function asked({ url = '' }: HttpRequest): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams
}
