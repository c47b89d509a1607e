import t, { type Test } from 'tap'
import { listening } from '../../support/listening.ts'
import { until } from '../../support/until.ts'
import { answer, exercise, slugs, write } from '../tutor/made-up-course.ts'
import { madeUpClassroom } from './made-up-classroom.ts'

const file = `my/${slugs[0]}/exercise.ts`

const isData = (line: string) => line.startsWith('data: ')

/** A page that looks on: what it has been told last. */
async function lookOn(t: Test, url: string) {
  const controller = new AbortController()
  t.teardown(() => controller.abort())
  const response = await fetch(`${url}/lessons/${slugs[0]}/live`, { signal: controller.signal })
  let text = ''
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => {})
  return {
    response,
    text: () => text,
    panel: () => String(JSON.parse(text.split('\n').findLast(isData)?.slice(6) ?? '""')),
    leave: () => controller.abort(),
    reading,
  }
}

t.test('whoever looks on is told of every change, without asking again', async (t) => {
  const { root, handler, get } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  await get(`/lessons/${slugs[0]}`)
  const [one, two] = [await lookOn(t, url), await lookOn(t, url)]
  t.equal(one.response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  t.equal(one.response.headers.get('cache-control'), 'no-store')
  await until(() => one.panel().includes('1 of 3 checks pass.'), 'the first verdict')

  t.test('all of them, in every tab', async () => {
    write(root, file, exercise.replace('return n', 'return 7'))
    for (const tab of [one, two])
      await until(() => tab.panel().includes('0 of 3 checks pass.'), 'the next')
  })
  t.test('one that was cut off and comes back hears at once how things stand', async (t) => {
    one.leave()
    write(root, file, answer)
    await until(() => two.panel().includes('All 3 checks pass.'), 'that it passed')
    const again = await lookOn(t, url)
    await until(() => again.text() !== '', 'the first event')
    t.match(again.text(), /^retry: 1000\n\nevent: panel\ndata: "/)
    t.match(again.panel(), 'All 3 checks pass.')
  })
})

t.test('a stop ends every page that looks on', async (t) => {
  const { handler, stop } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  const { reading } = await lookOn(t, url)
  await stop()
  await reading
})
