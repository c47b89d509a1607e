// The course on a page, as a learner has it beside the editor: whoever saves sees what the checks say.
import { ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { madeUpClassroom } from '../functional/classroom/made-up-classroom.ts'
import { answer, exercise, slugs, write } from '../functional/tutor/made-up-course.ts'
import { browserTest, heading, type OpenPage } from '../support/browser.ts'
import { listening } from '../support/listening.ts'
import { until } from '../support/until.ts'
import { isForEverybody } from './is-for-everybody.ts'

const file = `my/${slugs[0]}/exercise.ts`
const wrong = exercise.replace('return n', 'return 7')

/** A course at its first lesson, and the connections on which the page is told what has changed. */
async function atLesson(t: Test, open: OpenPage, { files = {}, javaScriptEnabled = true } = {}) {
  const { root, handler, until } = madeUpClassroom(t, { files })
  const streams: ServerResponse[] = []
  const { url } = await listening(t, async (req, res) => {
    if (req.url?.endsWith('/live') && res instanceof ServerResponse) streams.push(res)
    await handler(req, res)
  })
  const { page, complaints } = await open({ javaScriptEnabled })
  const lesson = `${url}/lessons/${slugs[0]}`
  await page.goto(lesson)
  return { root, url, lesson, page, complaints, streams, until }
}

/** Waits until the side of the page says this. Whatever changed came by itself. */
const says = (page: Page, text: string) =>
  page.locator('.yours', { hasText: text }).waitFor({ timeout: 15_000 })

const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

browserTest(t, 'a lesson from its first page to the next lesson', async (t, open) => {
  const { root, url, page, complaints } = await atLesson(t, open)
  await page.goto(url)
  await page.getByRole('link', { name: 'Go on: 1. Begin' }).click()
  t.equal(await heading(page), '1. Begin')
  await says(page, '1 of 3 checks pass.')
  await page.evaluate('window.loadedOnce = true')

  write(root, file, wrong)
  await says(page, '0 of 3 checks pass.')
  await press(page, 'One more hint')
  await says(page, 'Look at double in the exercise.')
  await press(page, 'One more hint')
  await says(page, 'What is two times two?')
  await press(page, 'Run the demonstration')
  await says(page, 'a demo []')
  write(root, file, answer)
  await says(page, 'All 3 checks pass.')
  await says(page, 'You have done number 1.')
  t.equal(await page.evaluate('window.loadedOnce'), true, 'and the page was loaded once')

  await page.getByRole('link', { name: 'Your answer beside ours' }).click()
  t.equal(await heading(page), 'Two answers')
  await page.goBack()
  await page.getByRole('link', { name: 'Next: 2. Go on' }).click()
  t.equal(await heading(page), '2. Go on')
  await page.getByRole('link', { name: 'The course' }).click()
  t.equal(await page.locator('#progress').textContent(), '1 of 3 lessons passed.')
  t.strictSame(complaints, [])
})

browserTest(t, 'what a button brings is seen, and what stays keeps its focus', async (t, open) => {
  const { page } = await atLesson(t, open, { files: { [file]: answer } })
  await page.setViewportSize({ width: 1280, height: 460 })
  await says(page, 'All 3 checks pass.')
  for (const [button, brought] of [
    ['Run the demonstration', 'a demo []'],
    ['One more hint', 'Look at double in the exercise.'],
  ] as const) {
    await press(page, button)
    await says(page, brought)
    const { y, height } = (await page.getByText(brought).boundingBox()) ?? { y: -1, height: 0 }
    t.ok(y > 0 && y + height < 460, button)
  }
  const compare = page.getByRole('link', { name: 'Your answer beside ours' })
  await compare.focus()
  await page.evaluate(`fetch('/lessons/${slugs[0]}/hint', { method: 'POST' })`)
  await says(page, 'What is two times two?')
  t.ok(await compare.evaluate((link) => link.matches(':focus')), 'the link')
})

browserTest(t, 'after a hint, too, a save shows what it changed', async (t, open) => {
  const { root, page } = await atLesson(t, open, { files: { [file]: wrong } })
  await page.setViewportSize({ width: 1280, height: 460 })
  await says(page, '0 of 3 checks pass.')
  for (const [hint, text, verdict, shown] of [
    ['Look at double in the exercise.', exercise, '1 of 3 checks pass.', 'doubles a number'],
    ['What is two times two?', answer, 'All 3 checks pass.', 'You have done number 1.'],
  ] as const) {
    await press(page, 'One more hint')
    await says(page, hint)
    write(root, file, text)
    await says(page, verdict)
    const told = page.locator('.first, .after', { hasText: shown })
    const { y, height } = (await told.boundingBox()) ?? { y: -1, height: 0 }
    t.ok(y > 30 && y + height < 460, shown) // below how things stand
  }
})

browserTest(t, 'the columns of a demonstration stay columns, however narrow', async (t, open) => {
  const demo = `console.log('${'column '.repeat(20)}')`
  const files = { [`lessons/${slugs[0]}/demo.ts`]: demo }
  const { page } = await atLesson(t, open, { files })
  await press(page, 'Run the demonstration')
  await says(page, 'column column')
  const output = page.locator('.demonstration pre')
  const lines = await output.evaluate(
    (pre) => pre.clientHeight / parseFloat(getComputedStyle(pre).lineHeight),
  )
  t.ok(lines < 3, 'one line, and what is around it')
  await isForEverybody(t, page, 'a demonstration')
})

browserTest(t, 'a connection that was cut comes back by itself', async (t, open) => {
  const { root, page, streams } = await atLesson(t, open)
  await says(page, '1 of 3 checks pass.')
  streams[0]?.destroy()
  await says(page, 'The course does not answer.')
  write(root, file, answer)
  await says(page, 'All 3 checks pass.')
  t.equal(streams.length, 2)
  t.equal(await page.locator('.lost').count(), 0)
})

browserTest(t, 'a tab that nobody sees takes no connection: a browser has six', async (t, open) => {
  const { page, streams } = await atLesson(t, open)
  await says(page, '1 of 3 checks pass.')
  await setHidden(page, true)
  await until(() => streams[0]?.closed, 'the connection is closed')
  t.equal(streams.length, 1)
  await setHidden(page, false)
  await press(page, 'One more hint')
  await says(page, 'Look at double in the exercise.')
  t.equal(streams.length, 2)
})

/** Playwright takes every tab for one that is seen. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))`)
}

browserTest(t, 'without script: the same, at each load', async (t, open) => {
  const { root, page, until } = await atLesson(t, open, { javaScriptEnabled: false })
  write(root, file, wrong)
  await press(page, 'Check again')
  await says(page, '0 of 3 checks pass.')
  await press(page, 'One more hint')
  await says(page, 'Look at double in the exercise.')
  await page.getByText('Begin this lesson again').click()
  await press(page, 'Begin again')
  await says(page, 'Your attempt is kept as my/01-begin/exercise.old-1.ts.')
  await until(`/lessons/${slugs[0]}`, '1 of 3 checks pass.')
})

browserTest(t, 'axe-core finds nothing on any page, and nothing is too wide', async (t, open) => {
  const files = {
    'lessons/GLOSSARY.md': `# Words\n\n| a | b |\n| - | - |\n| ${'long '.repeat(30)} | \`${'x'.repeat(90)}\` |\n`,
  }
  const { root, url, lesson, page } = await atLesson(t, open, { files })
  const pages: Record<string, () => Promise<unknown>> = {
    'the map': () => page.goto(url),
    'a lesson whose checks fail': async () => {
      await page.goto(lesson)
      await says(page, '1 of 3 checks pass.')
      await press(page, 'One more hint')
      await says(page, 'Look at double')
    },
    'a lesson that has passed': async () => {
      write(root, file, answer)
      await says(page, 'All 3 checks pass.')
    },
    'both answers': () => page.goto(`${lesson}/compare`),
    'the glossary': () => page.goto(`${url}/file?path=lessons/GLOSSARY.md`),
    'a file': () => page.goto(`${url}/file?path=lessons/${slugs[0]}/check.ts`),
    'a page that is not there': () => page.goto(`${url}/nowhere`),
  }
  for (const [what, visit] of Object.entries(pages)) {
    await visit()
    await isForEverybody(t, page, what)
  }
})
