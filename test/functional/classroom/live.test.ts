import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { Streams } from '../../../classroom/stream.ts'
import { connected, listening } from '../../support/listening.ts'
import { until } from '../../support/until.ts'
import { answer, exercise, slugs, write } from '../tutor/made-up-course.ts'
import { lookOn } from './look-on.ts'
import { madeUpClassroom } from './made-up-classroom.ts'

const page = `/lessons/${slugs[0]}`
const file = `my/${slugs[0]}/exercise.ts`

t.test('whoever looks on is told of every change, without asking again', async (t) => {
  const { root, handler, get } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  await get(page)
  const [one, two] = [await lookOn(t, `${url}${page}/live`), await lookOn(t, `${url}${page}/live`)]
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
    const again = await lookOn(t, `${url}${page}/live`)
    await until(() => again.text() !== '', 'the first event')
    t.match(again.text(), /^retry: 1000\n\nevent: panel\ndata: "/)
    t.match(again.panel(), 'All 3 checks pass.')
  })
})

t.test('a stop ends every page that looks on', async (t) => {
  const { handler, stop } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  const { reading } = await lookOn(t, `${url}${page}/live`)
  await stop()
  await reading
  t.equal((await fetch(`${url}${page}/live`)).status, 503, 'and none comes after it')
})

t.test('a page that another site led to begins when it looks on', async (t) => {
  const { root, handler } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  const { panel } = await lookOn(t, `${url}${page}/live`)
  await until(() => panel().includes('1 of 3 checks pass.'), 'the first verdict')
  write(root, file, answer)
  await until(() => panel().includes('All 3 checks pass.'), 'the next')
  t.notMatch(panel(), 'No file events', 'also the first save of all is heard of')
})

t.test('what cannot be shown is said, and ends nothing', async (t) => {
  const { root, handler, get } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  await get(page)
  const { panel } = await lookOn(t, `${url}${page}/live`)
  await until(() => panel().includes('1 of 3 checks pass.'), 'the first verdict')
  const shipped = join(root, `lessons/${slugs[0]}/exercise.ts`)
  rmSync(shipped)
  write(root, `lessons/${slugs[0]}/exercise.ts/x`, '')
  write(root, file, answer)
  await until(() => panel().includes('a folder stands where a file should be'), 'what is wrong')
  rmSync(shipped, { recursive: true })
  write(root, `lessons/${slugs[0]}/exercise.ts`, exercise)
  write(root, file, exercise)
  await until(() => panel().includes('1 of 3 checks pass.'), 'a verdict again')
})

t.test('HEAD holds no connection', async (t) => {
  const { handler } = madeUpClassroom(t)
  const { url } = await listening(t, handler)
  t.equal((await fetch(`${url}${page}/live`, { method: 'HEAD' })).status, 405)
})

t.test('who does not read fills no memory, and gets the last state', async (t) => {
  const { port } = await listening(t, async (_req, res) => {
    streams.open(
      res,
      () => panel,
      (tell) => {
        tellAll = tell
        return () => {}
      },
    )
  })
  const streams = new Streams(String)
  let panel = 'first'
  let tellAll = () => {}
  const { socket, answer } = await connected(t, port)
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await until(() => answer().includes('first'), 'the first state')
  socket.pause()
  for (let state = 0; state < 100; state += 1) {
    panel = `${state} `.padEnd(1_000_000, 'x')
    tellAll()
    await setImmediate()
  }
  panel = 'the last'
  tellAll()
  socket.resume()
  await until(() => answer().includes('the last'), 'the last state')
  t.ok(answer().length < 20_000_000, 'and few of those between')
})
