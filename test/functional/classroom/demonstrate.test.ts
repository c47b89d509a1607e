import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { demonstrate } from '../../../classroom/demonstrate.ts'
import { isAlive } from '../../support/is-alive.ts'
import { until } from '../../support/until.ts'
import { slugs } from '../tutor/made-up-course.ts'
import { madeUpClassroom } from './made-up-classroom.ts'

const page = `/lessons/${slugs[0]}`
const file = `lessons/${slugs[0]}/demo.ts`
const endless = 'setInterval(() => {}, 1000)'
const signal = new AbortController().signal

t.test('a demonstration that does not end is ended', async (t) => {
  const { root, journey } = madeUpClassroom(t, { files: { [file]: endless } })
  const { printed } = await demonstrate(root, journey.find('1'), { signal, seconds: 1 })
  t.match(printed, /^\nIt was ended: it took longer than 1 seconds, /)
})

t.test('so is one that prints without end', async (t) => {
  const { root, journey } = madeUpClassroom(t, {
    files: { [file]: "setInterval(() => console.log('x'.repeat(50_000)))" },
  })
  const { printed } = await demonstrate(root, journey.find('1'), { signal })
  t.match(printed.slice(200_000), /^\nIt was ended: /)
})

t.test('a stop ends it, with what it has started', async (t) => {
  const demo = `import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const { pid } = spawn(process.execPath, ['--eval', '${endless}'])
writeFileSync('pid', String(pid))
${endless}
`
  const { root, press, stop } = madeUpClassroom(t, { files: { [file]: demo } })
  const answered = press(`${page}/demo`)
  const pid = () => Number(readFileSync(join(root, 'pid'), 'utf8'))
  await until(() => existsSync(join(root, 'pid')) && pid() > 0, 'that it runs')
  t.ok(isAlive(pid()))
  await stop()
  await answered
  await until(() => !isAlive(pid()), 'its end')
})
