import t from 'tap'
import { startClassroom } from '../../../classroom/start.ts'
import { journeyIn, madeUpCourse } from '../tutor/made-up-course.ts'
import { quickJudge } from '../tutor/made-up-guide.ts'

t.test('a port that is in use: the next free one, and it says so', async (t) => {
  const journey = journeyIn(madeUpCourse(t))
  const open = async (env = {}) => {
    const opened = await startClassroom({ journey, judge: quickJudge, env })
    t.teardown(() => opened.stop())
    return opened
  }
  const first = await open()
  const second = await open()
  t.not(first.url, second.url)
  t.match(second.notice, 'Port 1340 is in use: this is the next that is free.')
  for (const { url } of [first, second]) t.equal((await fetch(url)).status, 200)
})

t.test('in a workspace it answers to the name under which its port is forwarded', async (t) => {
  const journey = journeyIn(madeUpCourse(t))
  const env = { FORWARDED_HOST: 'ada-1340.example' }
  const opened = await startClassroom({ journey, judge: quickJudge, env })
  t.teardown(() => opened.stop())
  const status = async (host: string) => {
    const { get } = await import('node:http')
    return await new Promise((resolve) => {
      get(opened.url, { headers: { host } }, (res) => resolve(res.resume().statusCode))
    })
  }
  t.equal(await status('ada-1340.example'), 200)
  t.equal(await status('mallory.example'), 421)
})
