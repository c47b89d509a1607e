import { posix } from 'node:path'
import { type Look, paint, wrap } from './look.ts'

/** Shows a folded part of a lesson's page in a terminal: links become paths, code keeps its lines. */
export function sayProse(markdown: string, slug: string, look: Look): string {
  return markdown
    .split(/^(```.*?^```)$/ms)
    .map((part) => (part.startsWith('```') ? sayCode(part) : sayText(part, slug, look)))
    .join('')
}

function sayCode(fence: string): string {
  const lines = fence.split('\n').slice(1, -1)
  return lines.map((line) => `    ${line}`).join('\n')
}

function sayText(markdown: string, slug: string, look: Look): string {
  const paragraphs = markdown.split(/\n{2,}/).map((paragraph) => {
    const items = paragraph.split(/\n(?=[-*] |\d+\. )/).map((item) => item.replaceAll(/\s+/g, ' '))
    return items.map((item) => wrap(look, inline(item, slug, look), 2)).join('\n')
  })
  return paragraphs.join('\n\n')
}

function inline(text: string, slug: string, look: Look): string {
  return text
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words, target) => sayLink(words, target, slug))
    .replaceAll(/\*\*([^*]+)\*\*/g, (_, words) => paint(look, 'strong', words))
    .replaceAll(/`([^`]+)`/g, (_, code) => paint(look, 'code', code))
}

function sayLink(words: string, target: string, slug: string): string {
  if (target.includes('GLOSSARY.md#')) return words
  const path = /^[a-z]+:/.test(target) ? target : posix.join('lessons', slug, target)
  return path.endsWith(words.replaceAll('`', '')) ? path : `${words} (${path})`
}
