import type { Course } from '../../../scripts/lessons/course.ts'
import { parseLesson } from '../../../tutor/journey/course.ts'

// A lesson that keeps every promise, so that a test may break one of them.

const folded = (summary: string, body: string) =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>\n`

const pageText = `---
title: Keys and locks
minutes: 20
needs: [1]
rfc: [RFC 7515 §2]
attacks: [a lock that any key opens]
---

# 2. Keys and locks

After this lesson you can open a lock with \`open\`,
and say who else can.

## The problem

Ada has a lock, and Mallory has a hammer.

## Try it

\`\`\`console demo
$ npm run learn demo 2
it opened after … tries
\`\`\`

## First step

Will it open? Say so in \`firstStep\` of \`my/02-keys/exercise.ts\`.

## How it works

\`\`\`ts file=example/token/key.ts
const key = 1
\`\`\`

\`\`\`mermaid
flowchart LR
\`\`\`

## Your turn

The guide keeps your copy in \`my/02-keys/exercise.ts\`. Then \`npm run learn check 2\`.

${folded('Hint 1: what you are looking at', 'The function `open` calls `createHmac`.')}
${folded('Hint 2: a question', 'What does `lock.turn("twice", n)` give? See `exercise.ts`.')}
${folded('Hint 3: where to read', 'RFC 7515, and `example/token/key.ts`. Then `npm run learn`.')}
${folded('When it passes', 'You opened it.')}
## What can go wrong

A key that opens every lock.

## In the app

${folded('Question: May Bob open it?', 'No ([test](../../test/functional/key.test.ts)).')}
## Read on

One more line.

*Next: [the map of the course](../README.md)*
`

const exercise = `// Make \`open\` turn the lock.
import { createHmac } from 'node:crypto'
import { key } from '../../example/token/key.ts'
import type { Lock } from '../../lessons/locks/types.ts'

export const firstStep: 'yes' | 'no' | undefined = undefined // TODO: first step

export function open(lock: Lock) {
  return lock.turn(createHmac('sha256', key))
}
`

const texts: Readonly<Record<string, string | undefined>> = {
  'package.json': '{ "scripts": { "learn": "" }, "dependencies": { "jose": "" } }',
  'README.md': `| | lesson | you can | minutes | needs |
| --- | --- | --- | --- | --- |
| 2 | [Keys and locks](lessons/02-keys/README.md) | open a lock with \`open\`, and say who else can. | 20 | 1 |
`,
  'lessons/README.md': `| | lesson | you can | minutes | needs |
| --- | --- | --- | --- | --- |
| 2 | [Keys and locks](02-keys/README.md) | open a lock with \`open\`, and say who else can. | 20 | 1 |

\`\`\`mermaid
flowchart LR
  1 --> 2["2. Keys"]
\`\`\`
`,
  'lessons/02-keys/README.md': pageText,
  'lessons/02-keys/exercise.ts': exercise,
  'lessons/03-doors/exercise.ts': 'export const turnKnob = 1\n',
  'example/token/key.ts': 'const key = 1\n',
  'test/functional/key.test.ts': '',
  'test/lessons/02-keys.test.ts': 'prove(t, {})\n',
}

/** A course in memory, of this one lesson, with some files as they should not be. */
export function madeUpCourse(change: Readonly<Record<string, string | undefined>> = {}) {
  const all = { ...texts, ...change }
  const paths = Object.keys(all).filter((path) => all[path] !== undefined)
  const files = {
    has: (path: string) => paths.includes(path),
    read: (path: string) => all[path] ?? '',
  }
  const lesson = {
    ...parseLesson(files.read('lessons/02-keys/README.md')),
    number: 2,
    slug: '02-keys',
  }
  const course: Course = { files, paths, lessons: [lesson] }
  return { course, lesson }
}

/** The text of a file with something in another's place, which must be there. */
export function changed(file: string, from: string | RegExp, to: string): Record<string, string> {
  const text = madeUpCourse().course.files.read(file)
  const other = text.replace(from, to)
  if (other === text) throw new Error(`${file} holds no ${from}`)
  return { [file]: other }
}
