import { chmodSync, existsSync } from 'node:fs'
import t from 'tap'
import { answer, madeUpCourse } from '../functional/tutor/made-up-course.ts'
import { startGuide } from './learn.ts'

// The commands as processes. What they print is shown in test/functional/tutor/commands.test.ts.

t.test('the exit code of check is the verdict', async (t) => {
  const root = madeUpCourse(t, { 'my/02-go-on/exercise.ts': answer })
  const shell = 'for n in 1 2; do learn check $n >said; echo "code $?"; tail -n 1 said; done'
  const check = startGuide(t, root, { shell })
  await check.exitCode()
  t.equal(
    check.history(),
    'code 1\nFor a hint: npm run learn hint 1\ncode 0\n██████████░░░░░░░░░░░░░░░░░░░░ 1 of 3 passed',
  )
})

t.test('demo: with its arguments, and its exit code', async (t) => {
  const root = madeUpCourse(t, {
    'lessons/02-go-on/demo.ts': 'console.log(process.argv.slice(2))\nprocess.exit(7)\n',
  })
  const demo = startGuide(t, root, { args: ['--plain', 'demo', '2', '--plain', '+15m'] })
  t.equal(await demo.exitCode(), 7)
  t.equal(demo.history(), "[ '--plain', '+15m' ]")
})

t.test('who reads only the beginning gets no complaint', async (t) => {
  const many = "for (let line = 1; line < 50_000; line += 1) console.log('line', line)\n"
  const root = madeUpCourse(t, { 'lessons/01-begin/demo.ts': many })
  const shell = 'learn demo 1 | head -n 1; learn list | true; echo over'
  const reader = startGuide(t, root, { shell })
  await reader.exitCode()
  t.equal(reader.history(), 'line 1\nover')
})

t.test('an output that cannot be written', { skip: !existsSync('/dev/full') }, async (t) => {
  const shell = 'learn list >/dev/full; echo "code $?"'
  const guide = startGuide(t, madeUpCourse(t), { shell })
  await guide.exitCode()
  t.equal(guide.screen(), 'Cannot write: ENOSPC: no space left on device, write\ncode 2')
})

t.test('a folder that may not be written', async (t) => {
  const root = madeUpCourse(t)
  // Nothing forbids root to write: then it is done as somebody else.
  const asNobody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --clear-groups ' : ''
  chmodSync(root, 0o555)
  const guide = startGuide(t, root, { shell: `${asNobody}learn; echo "code $?"`, columns: 120 })
  await guide.exitCode()
  chmodSync(root, 0o755)
  const elsewhere = 'Put a clone of the repository where you may write, and start there.'
  t.equal(guide.screen(), `Cannot use my: that is not allowed here. ${elsewhere}\ncode 2`)
})
