import { posix } from 'node:path'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import http from 'highlight.js/lib/languages/http'
import json from 'highlight.js/lib/languages/json'
import typescript from 'highlight.js/lib/languages/typescript'
import { Marked } from 'marked'
import mustache from 'mustache'
import { anchorOf } from './anchor.ts'

for (const [name, language] of Object.entries({ bash, http, json, typescript }))
  hljs.registerLanguage(name, language)

const aliases: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mjs: 'typescript',
  js: 'typescript',
  sh: 'bash',
}

/** Code as HTML, with its words in colors where the language is one of ours. */
function highlight(code: string, language: string): string {
  const name = aliases[language] ?? language
  return hljs.getLanguage(name) === undefined
    ? mustache.escape(code)
    : hljs.highlight(code, { language: name, ignoreIllegals: true }).value
}

/** The same, line by line. What is open at the end of a line, such as a long comment, is opened again in the next. */
export function highlightLines(code: string, language: string): object[] {
  const open: string[] = []
  const lines = highlight(code.trimEnd(), language).split('\n')
  return lines.map((line, at) => {
    const before = open.join('')
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g))
      if (tag === '</span>') open.pop()
      else open.push(tag)
    return { number: at + 1, html: `${before}${line}${'</span>'.repeat(open.length)}` }
  })
}

/** A document of this repository as HTML. `file` says where it stands, since its links begin there. */
export function render(markdown: string, file: string): string {
  return markedFor(file).parse(withoutFrontMatter(markdown), { async: false })
}

/** One line of a document, without a paragraph around. */
export function renderLine(markdown: string, file: string): string {
  return markedFor(file).parseInline(markdown, { async: false })
}

/** The diagrams of a document, each as it is written. */
export function diagramsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, text = '']) => text)
}

function markedFor(file: string): Marked {
  const marked = new Marked()
  let diagrams = 0
  marked.use({
    renderer: {
      heading({ tokens, depth, text }) {
        const words = this.parser.parseInline(tokens)
        return `<h${depth} id="${anchorOf(text)}">${words}</h${depth}>\n`
      },
      code({ text, lang = '' }) {
        const [language = '', ...details] = lang.split(' ')
        if (language === 'mermaid') {
          const source = mustache.escape(`/diagram?path=${file}&number=${diagrams++}`)
          return `<p><img class="diagram" src="${source}" alt="A drawing: the words below say the same"></p>\n`
        }
        const quoted = details.find((detail) => detail.startsWith('file='))?.slice('file='.length)
        const caption =
          quoted === undefined
            ? ''
            : `<figcaption><a href="${mustache.escape(fileLink(quoted))}">${mustache.escape(quoted)}</a></figcaption>`
        const columns = language === 'console' ? ' class="columns" tabindex="0"' : '' // it can be scrolled by keys
        const code = `<pre${columns}><code>${highlight(text, language)}</code></pre>`
        return `<figure class="code">${caption}${code}</figure>\n`
      },
      link({ href, tokens }) {
        return `<a href="${mustache.escape(linkFrom(file, href))}">${this.parser.parseInline(tokens)}</a>`
      },
      table(token) {
        const rows = [token.header, ...token.rows].map((cells, at) => {
          const tag = at === 0 ? 'th' : 'td'
          const row = cells.map(
            (cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`,
          )
          return `<tr>${row.join('')}</tr>`
        })
        const [head = '', ...body] = rows
        return `<table><thead>${head}</thead><tbody>${body.join('')}</tbody></table>\n`
      },
    },
  })
  return marked
}

/** Where a link of a document leads on our pages. */
function linkFrom(file: string, target: string): string {
  if (/^https?:|^#/.test(target)) return target
  if (/^[\w+.-]+:/.test(target)) return '' // no scheme that runs, such as javascript:
  const [path = '', anchor] = target.split('#')
  const whole = posix.join(posix.dirname(file), path)
  const hash = anchor === undefined ? '' : `#${anchor}`
  const [, slug] = /^lessons\/(\d\d-[\w-]+)\/README\.md$/.exec(whole) ?? []
  return `${slug === undefined ? fileLink(whole) : `/lessons/${slug}`}${hash}`
}

function fileLink(file: string): string {
  return `/file?path=${file}`
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n.*?^---\n/ms, '')
}
