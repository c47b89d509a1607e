import { readFileSync } from 'node:fs'
import mustache from 'mustache'

/** What is the same on all pages of a server. */
export interface Site {
  /** The folder of its own pages, with `head.html` and `foot.html` for all of them. */
  readonly views: URL
  readonly name: string
  /** Other files that its pages may put in, by their names. */
  readonly parts?: readonly string[]
  /** For every page. */
  readonly data?: object
}

export interface ProblemPage {
  readonly status: number
  readonly title: string
  readonly message: string
  readonly subject?: string | undefined
}

type Page<Data> = (data: Data) => string

/** The pages of a server: its own content in the layout that all of them share. Everything that is put into a page is escaped. */
export interface Pages {
  readonly css: string
  readonly icon: string
  problem: Page<ProblemPage>
  /** The page that takes a token apart; `own-token` is among the parts of a server that has it. */
  inspect(data: object): Page<object>
  /** The page of its own in this file, which gets `data` whenever it is shown. */
  page(title: string, file: string, data?: object): Page<object>
}

const ours = new URL('views/', import.meta.url)

/** Reads the files once, at the start. */
export function loadPages({ views, name, parts = [], data = {} }: Site): Pages {
  const layout = read(ours, 'layout.html')
  const own = ['head', 'foot', ...parts].map((part) => [part, read(views, `${part}.html`)])
  const shared = {
    ...Object.fromEntries(own),
    check: read(ours, 'check.html'),
    answers: read(ours, 'answers.html'),
  }

  function page(folder: URL, title: string, file: string, more?: object): Page<object> {
    const partials = { ...shared, content: read(folder, file) }
    const fixed = { title, name, ...data, ...more }
    return (data) => mustache.render(layout, { ...fixed, ...data }, partials)
  }

  return {
    css: read(ours, 'style.css'),
    icon: read(ours, 'favicon.svg'),
    problem: page(ours, 'Something is not right', 'problem.html'),
    inspect: (data) => page(ours, 'Inspect a token', 'inspect.html', data),
    page: (title, file, data) => page(views, title, file, data),
  }
}

function read(folder: URL, name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}
