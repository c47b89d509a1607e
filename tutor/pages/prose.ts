import { posix } from 'node:path'
import { attemptFile } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import { harmless } from '../terminal/harmless.ts'
import { type Look, paint, wrap } from '../terminal/look.ts'

type Place = Pick<Lesson, 'slug'>

/** Shows a part of a lesson's page in a terminal: links become paths, code keeps its lines. */
export function sayProse(markdown: string, lesson: Place, look: Look): string {
  return harmless(markdown)
    .split(/^(```.*?^```)$/ms)
    .map((part) => (part.startsWith('```') ? sayCode(part, look) : sayText(part, lesson, look)))
    .join('')
}

function sayCode(fence: string, look: Look): string {
  const code = fence.split('\n').slice(1, -1).join('\n')
  return wrap(look, code, 4, 2)
}

function sayText(markdown: string, lesson: Place, look: Look): string {
  const paragraphs = markdown.split(/\n{2,}/).map((paragraph) => {
    const items = paragraph.split(/\n(?=[-*] |\d+\. )/)
    return items.map((item) => sayItem(item, lesson, look)).join('\n')
  })
  return paragraphs.join('\n\n')
}

function sayItem(text: string, lesson: Place, look: Look): string {
  const [bullet = ''] = /^([-*]|\d+\.) /.exec(text) ?? []
  return wrap(look, sayLine(text.replaceAll(/\s+/g, ' '), lesson, look), 2, bullet.length)
}

const code = /`([^`]+)`/
const link = /\[((?:`[^`]*`|[^\]`])+)\]\(([^)\s]+)\)/
const strong = /\*\*([^*]+)\*\*/
const emphasis = /\*([^*\s](?:[^*]*[^*\s])?)\*/
const marked = new RegExp([code, link, strong, emphasis].map(({ source }) => source).join('|'), 'g')

/** One line of a page: code and bold words colored, links as paths. Code without colors keeps its marks. */
export function sayLine(text: string, lesson: Place, look: Look): string {
  return text.replaceAll(marked, (_, code, words, target, strong, emphasis, at: number) => {
    if (code !== undefined) return look.colors ? paint(look, 'code', code) : `\`${code}\``
    if (strong !== undefined) return paint(look, 'strong', strong)
    if (words === undefined) return emphasis
    const before = text.slice(0, at)
    const inBrackets = before.split('(').length > before.split(')').length
    return sayLink(words.replaceAll('`', ''), target, { ...lesson, inBrackets })
  })
}

type Around = Place & { inBrackets: boolean }

function sayLink(words: string, target: string, { slug, inBrackets }: Around): string {
  if (target.includes('GLOSSARY.md#')) return words
  if (/^(\.\/)?exercise\.ts$/.test(target)) return attemptFile({ slug }) // the one they work on
  const path = /^[a-z]+:/.test(target) ? target : posix.join('lessons', slug, target)
  if (path.endsWith(words)) return path
  return inBrackets ? `${words}, ${path}` : `${words} (${path})`
}
