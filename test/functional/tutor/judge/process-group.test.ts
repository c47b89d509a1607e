import { ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { killGroup } from '../../../../tutor/judge/process-group.ts'
import { temporaryFolder } from '../../../support/folder.ts'

t.test('on Windows, which knows no groups, taskkill ends the tree', async (t) => {
  const child = Object.assign(new ChildProcess(), { pid: 123 })
  const killed = t.capture(child, 'kill')
  const taskkill = new ChildProcess()
  const typed: string[] = []
  const run = (program: string, args: string[]) => {
    typed.push([program, ...args].join(' '))
    return taskkill
  }
  killGroup(child, { platform: 'win32', run })
  t.same(typed, ['taskkill /pid 123 /t /f'])
  t.equal(killed().length, 0)
  taskkill.emit('error', new Error('ENOENT'))
  t.equal(killed().length, 1, 'and where there is none, at least the child ends')
})

t.test(
  'there, the guard of an exercise goes by the guide, not by the parent, and ends the tree',
  async (t) => {
    const folder = temporaryFolder(t, {
      taskkill: '#!/bin/sh\necho "$@" >"$0.typed"\nexec kill -9 "$2"\n',
      'loop.mjs': 'console.log("begun")\nfor (;;) {}\n',
    })
    chmodSync(join(folder, 'taskkill'), 0o755)
    const guide = spawn('sleep', ['600'])
    const windows = 'Object.defineProperty(process, "platform", { value: "win32" })'
    const guarded = fileURLToPath(new URL('../../../../tutor/judge/guarded.mjs', import.meta.url))
    const imports = [
      `data:text/javascript,${windows}`,
      `${guarded}?guide=${guide.pid}&mostMegabytes=1024`,
    ]
    const exercise = spawn(
      process.execPath,
      [...imports.map((url) => `--import=${url}`), join(folder, 'loop.mjs')],
      { env: { PATH: `${folder}:/usr/bin:/bin` }, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    t.teardown(() => exercise.kill('SIGKILL'))
    await once(exercise.stdout, 'data')
    guide.kill('SIGKILL')
    t.same(await once(exercise, 'exit'), [null, 'SIGKILL'])
    t.equal(readFileSync(join(folder, 'taskkill.typed'), 'utf8'), `/pid ${exercise.pid} /t /f\n`)
  },
)
