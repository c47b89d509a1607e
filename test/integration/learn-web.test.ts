import t from 'tap'
import { madeUpCourse } from '../functional/tutor/made-up-course.ts'
import { keys } from '../support/screen.ts'
import { until } from '../support/until.ts'
import { startGuide } from './learn.ts'

t.test('npm run learn -- --web: the course on a page, until Ctrl-C', async (t) => {
  const guide = startGuide(t, madeUpCourse(t), { args: ['1', '--web'] })
  const screen = await guide.until(/The lesson is on a page: http.*Ctrl-C ends it\./s)
  const [page = ''] = /http:\/\/localhost:\d+\/lessons\/01-begin/.exec(screen) ?? []
  await until(
    async () => (await (await fetch(page)).text()).includes('1 of 3 checks pass.'),
    'a verdict',
  )
  await fetch(`${page}/live`)
  guide.press(keys.ctrlC)
  t.equal(await guide.exitCode(), 0, 'also while a page looks on')
  await t.rejects(fetch(page))
})
