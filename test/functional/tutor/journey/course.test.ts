import t from 'tap'
import { parseLesson, readCourse } from '../../../../tutor/journey/course.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { madeUpCourse, slugs, write } from '../made-up-course.ts'

const page = `---
title: Header, payload, signature
minutes: 25
needs: [1, 2]
rfc: [RFC 7515 §2]
attacks: []
---

# 2. Header, payload, signature

After this lesson you can read a token by eye,
and say why.

<details><summary>Hint 1: what you are looking at</summary>

First.

</details>
<details><summary>Hint 2: a question</summary>

Second.

</details>
<details><summary>Question: May a server?</summary>

No.

</details>
<details><summary>When it passes</summary>

You did it.

</details>
`

t.test('parseLesson()', async (t) => {
  const lesson = {
    title: 'Header, payload, signature',
    minutes: 25,
    needs: [1, 2],
    rfc: ['RFC 7515 §2'],
    attacks: [],
    seconds: 10,
    goal: 'read a token by eye, and say why.',
    hints: ['First.', 'Second.'],
    afterwards: 'You did it.',
  }
  t.test('takes front matter, goal, hints and the last word from the page', async (t) => {
    t.same(parseLesson(page), lesson)
  })
  t.test('reads the line ends of Windows alike', async (t) => {
    t.same(parseLesson(page.replaceAll('\n', '\r\n')), lesson)
  })
  t.test('knows a longer time for the checks', async (t) => {
    t.equal(parseLesson(page.replace('minutes', 'seconds: 20\nminutes')).seconds, 20)
  })

  const wrong: Record<string, readonly [text: string, says: RegExp]> = {
    'no front matter': ['# 2. Title', /^it does not begin with front matter$/],
    'no title': [page.replace('title:', 'name:'), /^its front matter is wrong: /],
    'minutes in words': [page.replace('25', 'some'), /^its front matter is wrong: minutes /],
    'no goal': [
      page.replace('After this lesson', 'Later'),
      /^it does not say what you can do after this lesson$/,
    ],
  }
  for (const [what, [text, says]] of Object.entries(wrong))
    t.test(`${what}: says so`, async (t) => {
      t.throws(() => parseLesson(text), { message: says })
    })
})

t.test('readCourse()', async (t) => {
  t.test('gives the lessons in their order, with their numbers', async (t) => {
    const course = readCourse(madeUpCourse(t))
    t.same(
      course.map(({ number, slug }) => [number, slug]),
      slugs.map((slug, index) => [index + 1, slug]),
    )
  })
  t.test('leaves out what is no lesson, or has no page yet', async (t) => {
    const files = { 'lessons/04-not-written/exercise.ts': '', 'lessons/libraries/README.md': '' }
    t.equal(readCourse(madeUpCourse(t, files)).length, slugs.length)
  })
  t.test('says which page cannot be read, why, and the way out', async (t) => {
    const root = madeUpCourse(t)
    write(root, `lessons/${slugs[1]}/README.md`, '---\ntitle: [\n---\n')
    t.throws(() => readCourse(root), {
      message:
        /^Cannot read lessons\/02-go-on\/README.md: [^\n]+\. If you changed it: git restore lessons\/02-go-on\/README.md$/,
    })
  })
  t.test('says where it looked for lessons', async (t) => {
    const root = temporaryFolder(t)
    t.throws(() => readCourse(root), {
      message: `Cannot find the lessons: ${root}/lessons is not there`,
    })
  })
})
