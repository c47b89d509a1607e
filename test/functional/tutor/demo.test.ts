import { ChildProcess } from 'node:child_process'
import t from 'tap'
import { runDemo } from '../../../tutor/demo.ts'
import { lessonOf, madeUpCourse } from './made-up-course.ts'

t.test('what would end the guide alone ends the demonstration', async (t) => {
  const root = madeUpCourse(t)
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT'] as const)
    t.test(signal, async (t) => {
      const child = new ChildProcess()
      const killed = t.capture(child, 'kill')
      const demo = runDemo(root, lessonOf(root), [], { run: () => child })
      process.emit(signal, signal)
      const sent = killed().map(({ args }) => args)
      t.same(sent, signal === 'SIGINT' ? [] : [[signal]], 'which Ctrl-C reaches by itself')
      child.emit('exit', null)
      t.equal(await demo, 1)
    })
})
