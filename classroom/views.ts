import { readFileSync } from 'node:fs'
import mustache from 'mustache'
import { loadPages } from '../example/server/pages.ts'

/** Reads the files of the pages once, at the start. */
export function loadViews() {
  const own = new URL('views/', import.meta.url)
  const read = (name: string) => readFileSync(new URL(name, own), 'utf8')
  const pages = loadPages({
    views: own,
    name: 'Learn JSON Web Tokens',
    parts: ['panel', 'seats'],
  })
  const rendered = (name: string) => {
    const template = read(name)
    return (data: object) => mustache.render(template, data)
  }
  return {
    css: `${pages.css}\n${read('classroom.css')}`,
    icon: pages.icon,
    script: read('live.js'),
    problem: pages.problem,
    map: pages.page('The course', 'map.html'),
    lesson: (title: string, data: object) => pages.page(title, 'lesson.html')(data),
    comparison: (title: string, data: object) => pages.page(title, 'comparison.html')(data),
    file: (title: string, data: object) => pages.page(title, 'file.html')(data),
    note: (text: string) => mustache.render('<p class="note">{{text}}</p>', { text }),
    /** The side of a lesson's page alone: what changes while somebody looks. */
    panel: rendered('panel.html'),
    class: pages.page('The class', 'class.html', { isClass: true }),
    seats: rendered('seats.html'),
  }
}

export type Views = ReturnType<typeof loadViews>
