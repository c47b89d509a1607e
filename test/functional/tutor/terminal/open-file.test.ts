import { ChildProcess, type SpawnOptions } from 'node:child_process'
import t from 'tap'
import { openFile } from '../../../../tutor/terminal/open-file.ts'

const file = 'lessons/01-begin/README.md'
const vscode = { TERM_PROGRAM: 'vscode' }

/** What is typed, one line for each program that is started, and how each of them ends. */
function tried(platform: string, env: NodeJS.ProcessEnv) {
  const typed: string[] = []
  const children: ChildProcess[] = []
  const options: SpawnOptions[] = []
  let failures = 0
  const run = (program: string, args: string[], given: SpawnOptions) => {
    const child = Object.assign(new ChildProcess(), { unref: () => {} })
    typed.push([program, ...args].join(' '))
    children.push(child)
    options.push(given)
    return child
  }
  const onFailed = () => {
    failures += 1
  }
  openFile({ root: '/course', file }, onFailed, { platform, env, run })
  return { typed, options, last: () => children.at(-1), failures: () => failures }
}

t.test('the system opens the file in its own way', async (t) => {
  t.same(tried('linux', {}).typed, [`xdg-open ${file}`])
  t.same(tried('freebsd', {}).typed, [`xdg-open ${file}`])
  t.same(tried('darwin', {}).typed, [`open ${file}`])
  t.same(tried('win32', {}).typed, ['cmd /d /c start  lessons\\01-begin\\README.md'])
})

t.test('in a terminal of VS Code, that editor opens it', async (t) => {
  t.same(tried('linux', vscode).typed, [`code ${file}`])
  t.same(tried('darwin', vscode).typed, [`code ${file}`])
  t.same(tried('win32', vscode).typed, ['cmd /d /c code lessons\\01-begin\\README.md'])
  t.same(tried('linux', { TERM_PROGRAM: 'Apple_Terminal' }).typed, [`xdg-open ${file}`])
})

t.test('the program cannot write to the screen, and Windows shows no window of it', async (t) => {
  const options = { cwd: '/course', env: {}, stdio: 'ignore', windowsHide: true }
  t.same(tried('linux', {}).options, [{ ...options, detached: true }])
  t.same(tried('win32', {}).options, [{ ...options, detached: false }])
})

t.test('where the editor cannot, the system is asked', async (t) => {
  const { typed, last, failures } = tried('linux', vscode)
  last()?.emit('error', new Error('spawn code ENOENT'))
  t.same(typed, [`code ${file}`, `xdg-open ${file}`])
  last()?.emit('exit', 0, null)
  t.equal(failures(), 0)
})

t.test('where nothing can, that is told once', async (t) => {
  t.test('there is no such program', async (t) => {
    const { typed, last, failures } = tried('linux', {})
    last()?.emit('error', new Error('spawn xdg-open ENOENT'))
    last()?.emit('exit', -2, null)
    t.equal(failures(), 1)
    t.equal(typed.length, 1)
  })
  t.test('it ends with a code that is not 0', async (t) => {
    const { last, failures } = tried('win32', {})
    last()?.emit('exit', 1, null)
    t.equal(failures(), 1)
  })
})

t.test('a browser that is closed by a signal has shown the page', async (t) => {
  const { last, failures } = tried('linux', {})
  last()?.emit('exit', null, 'SIGTERM')
  t.equal(failures(), 0)
})
