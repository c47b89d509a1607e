import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { type Lesson, readCourse } from '../../../tutor/journey/course.ts'
import { Journey } from '../../../tutor/journey/journey.ts'
import { temporaryFolder } from '../../support/folder.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** The shipped exercise of every made-up lesson, and an answer that passes. */
export const exercise = `// Make it double.
export function double(n: number): number {
  return n // TODO: twice
}
`
export const answer = exercise.replace('return n // TODO: twice', 'return n * 2')

const check = `import assert from 'node:assert/strict'

export default {
  'nothing stays nothing'({ double }) {
    assert.equal(double(0), 0, 'double(0)')
  },
  'doubles a number'({ double }) {
    assert.equal(double(2), 4, 'double(2)')
  },
  'doubles what is below zero'({ double }) {
    assert.equal(double(-3), -6, 'double(-3)')
  },
}
`

const page = (number: number, title: string) => `---
title: ${title}
minutes: 5
needs: [${number === 1 ? '' : number - 1}]
rfc: [RFC 7519 §1]
attacks: []
---

# ${number}. ${title}

After this lesson you can do number ${number}, and
say why.

## Your turn

<details><summary>Hint 1: what you are looking at</summary>

Look at \`double\` in [the exercise](exercise.ts).

</details>
<details><summary>Hint 2: a question</summary>

What is two times two?

</details>
<details><summary>Hint 3: where to read</summary>

See [RFC 7519](https://www.rfc-editor.org/rfc/rfc7519#section-1).

</details>
<details><summary>When it passes</summary>

You have done number ${number}.

</details>
`

const titles = ['Begin', 'Go on', 'Come to the end']

/** A course of three small lessons in a folder of its own; `files` come on top of it. Gives its root. */
export function madeUpCourse(t: Test, files: Readonly<Record<string, string>> = {}): string {
  const link = (name: string) => t.fixture('symlink', join(repository, name))
  const root = temporaryFolder(t, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ extends: join(repository, 'tsconfig.json'), include: [] }),
    node_modules: link('node_modules'),
    example: link('example'),
    lessons: Object.fromEntries(
      titles.map((title, index) => [
        slugs[index],
        {
          'README.md': page(index + 1, title),
          'check.ts': check,
          'demo.ts': "console.log('a demo', process.argv.slice(2))\n",
          'exercise.ts': exercise,
          'solution.ts': 'export const double = (n: number): number => n + n\n',
        },
      ]),
    ),
  })
  for (const [path, text] of Object.entries(files)) write(root, path, text)
  return root
}

export const slugs = ['01-begin', '02-go-on', '03-come-to-the-end'] as const

/** Writes a file of the course, with the folders it needs. */
export function write(root: string, path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** The way of a learner through a course. */
export function journeyIn(root: string): Journey {
  return new Journey(root, readCourse(root))
}

/** The lesson of this number. */
export function lessonOf(root: string, number = 1): Lesson {
  const lesson = readCourse(root)[number - 1]
  if (lesson === undefined) throw new Error(`There is no lesson ${number}`)
  return lesson
}
