import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { startClassroom } from '../classroom/start.ts'
import { readCourse } from '../tutor/journey/course.ts'
import { Journey } from '../tutor/journey/journey.ts'
import { TypeChecker } from '../tutor/judge/type-check.ts'
import { createJudge } from '../tutor/judge/verdict.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))
const parts = ['example', 'lessons', 'tutor', 'node_modules', 'package.json', 'tsconfig.json']

/** The page of lesson 4, beside the attempt of somebody who lets a token live for one second too long. */
export async function takeCourse(browser: Browser, path: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'picture-'))
  for (const part of parts) symlinkSync(join(repository, part), join(root, part))
  const journey = new Journey(root, readCourse(root))
  const lesson = journey.find('4')
  mkdirSync(join(root, 'my', lesson.slug), { recursive: true })
  const solution = readFileSync(join(root, 'lessons', lesson.slug, 'solution.ts'), 'utf8')
  const attempt = solution.replace('now >= exp', 'now > exp')
  writeFileSync(join(root, 'my', lesson.slug, 'exercise.ts'), attempt)
  const types = new TypeChecker(root)
  const judge = createJudge({ findTypes: types.find })
  const classroom = await startClassroom({ journey, judge, env: {} })
  try {
    const viewport = { width: 1400, height: 900 }
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1, colorScheme: 'light' })
    await page.goto(classroom.urlOf(lesson))
    await page.locator('.standing', { hasText: 'checks pass' }).waitFor()
    await page.screenshot({ path, animations: 'disabled' })
  } finally {
    await classroom.stop()
    types.stop()
    rmSync(root, { recursive: true })
  }
}
