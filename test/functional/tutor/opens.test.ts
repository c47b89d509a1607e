import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { keys } from '../../support/screen.ts'
import { until } from '../../support/until.ts'
import { madeUpCourse } from './made-up-course.ts'
import { startGuide } from './made-up-guide.ts'

const page = 'lessons/01-begin/README.md'
const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
/** A guide whose PATH leads to one program alone, a line of the shell. */
function guideWith(t: Test, name: string, line: string, env: Record<string, string> = {}) {
  const root = madeUpCourse(t, { [`bin/${name}`]: `#!/bin/sh\nPATH=/usr/bin:/bin\n${line}\n` })
  chmodSync(join(root, 'bin', name), 0o755)
  return {
    root,
    guide: startGuide(t, root, { rows: 40, env: { PATH: join(root, 'bin'), ...env } }),
  }
}

t.test('o in a terminal of VS Code: in that editor', async (t) => {
  const { root, guide } = guideWith(t, 'code', 'printf %s "$1" >told', { TERM_PROGRAM: 'vscode' })
  await guide.until('✗ doubles a number')
  guide.press('o')
  await until(() => readFileSync(join(root, 'told'), 'utf8') === page, 'the page is opened')
  t.ok(await guide.until(`The page opens: ${page}`))
})

t.test('o where nothing can open a page: its path', async (t) => {
  const sentence = `Nothing here can open the page. Open it in your editor:\n${page}`
  t.test('the opener fails', async (t) => {
    const { guide } = guideWith(t, opener, 'exit 3')
    await guide.until('✗ doubles a number')
    guide.press('o')
    t.ok(await guide.until(sentence))
  })
  t.test('there is none, and lines are read', async (t) => {
    const root = madeUpCourse(t)
    const env = { PATH: join(root, 'lessons'), TERM_PROGRAM: 'vscode' } // no programs there
    const guide = startGuide(t, root, { args: ['--plain'], columns: 100, env })
    await guide.until('failed: doubles a number')
    guide.press(`open${keys.enter}`)
    t.ok(await guide.until(sentence.replace('\n', ' ')))
  })
})
