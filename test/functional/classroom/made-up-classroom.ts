import type { Test } from 'tap'
import { createClassroom } from '../../../classroom/app.ts'
import { ask, type RequestParts } from '../../support/mock-http.ts'
import { until } from '../../support/until.ts'
import { journeyIn, madeUpCourse } from '../tutor/made-up-course.ts'
import { quickJudge } from '../tutor/made-up-guide.ts'

const host = 'localhost:1340'

/** Three small lessons on pages, asked as a browser asks. `files` come on top of the course. */
export function madeUpClassroom(
  t: Test,
  {
    files = {},
    judge: judgeLesson = quickJudge,
    forwardedHost = undefined as string | undefined,
  } = {},
) {
  const root = madeUpCourse(t, files)
  const journey = journeyIn(root)
  const classroom = createClassroom({ journey, judge: judgeLesson, forwardedHost })
  t.teardown(() => classroom.stop())
  const send = (method: string, url: string, headers: RequestParts['headers'] = {}) =>
    ask(classroom.handler, { method, url, headers: { host, accept: 'text/html', ...headers } })
  const get = (url: string, headers = {}) => send('GET', url, headers)
  return {
    root,
    journey,
    handler: classroom.handler,
    stop: classroom.stop,
    get,
    /** Presses a button of a page of ours. */
    press: (url: string) =>
      send('POST', url, { 'sec-fetch-site': 'same-origin', origin: `http://${host}` }),
    send,
    /** The page, once it holds this. */
    async until(url: string, wanted: string): Promise<string> {
      let body = ''
      await until(async () => {
        body = (await get(url)).body
        return body.includes(wanted)
      }, `${wanted} on ${url}`)
      return body
    },
  }
}
