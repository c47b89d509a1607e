import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { answer, exercise, madeUpCourse, write } from '../functional/tutor/made-up-course.ts'
import { progressOf } from '../functional/tutor/made-up-guide.ts'
import { keys } from '../support/screen.ts'
import { until } from '../support/until.ts'
import { startGuide } from './learn.ts'

const file = 'my/01-begin/exercise.ts'

t.test('the guide in a real terminal, with real checks', async (t) => {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  // It tries to write where the guide draws, says what it was told, and stays for as long as a browser does.
  const opens = 'echo noise; echo noise >&2; echo noise >/dev/tty; printf %s "$1" >told; sleep 600'
  const root = madeUpCourse(t, {
    [`bin/${opener}`]: `#!/bin/sh\nPATH=/usr/bin:/bin\necho $$ >pid\n${opens}\n`,
  })
  chmodSync(join(root, 'bin', opener), 0o755)
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH}` }
  const shell = 'echo before; learn; echo "code $?"; stty -a'
  const guide = startGuide(t, root, { rows: 50, env, shell })

  t.test('has the screen for itself, in color', async (t) => {
    t.notMatch(await guide.until('✗ doubles a number'), /^before$/m)
    t.match(guide.history(), /^before$/m)
    t.ok(guide.isColored())
  })
  t.test('judges the types and the checks of each save', async (t) => {
    write(root, file, exercise.replace('return n', "return 'n'"))
    await guide.until("Type 'string' is not assignable to type 'number'.")
    write(root, file, answer)
    await guide.until('All checks pass.')
    t.same(progressOf(root).lessons, { '01-begin': 'passed' })
  })
  t.test('o: opens the page beside it, and goes on', async (t) => {
    guide.press('o')
    await until(() => existsSync(join(root, 'told')), 'the page is opened')
    t.teardown(() => process.kill(-Number(readFileSync(join(root, 'pid'), 'utf8')), 'SIGKILL'))
    t.equal(readFileSync(join(root, 'told'), 'utf8'), 'lessons/01-begin/README.md')
    guide.press('l')
    t.notMatch(await guide.until('▸ you are here'), 'noise')
  })
  t.test('q: the terminal is as it was, and nobody waits for what was opened', async (t) => {
    guide.press('q')
    t.equal(await guide.exitCode(), 0)
    const screen = guide.screen()
    t.match(screen, /^Your progress is kept\. Go on with: npm run learn\ncode 0$/m)
    t.match(screen, /\bicanon\b/)
    t.notMatch(screen, /-icanon|-isig|-echo\b/)
    t.same(guide.modes(), { bracketedPaste: false, alternateScreen: false, cursorHidden: false })
  })
})

t.test('a guide that was stopped and goes on has the screen and the keys again', async (t) => {
  const root = madeUpCourse(t)
  // In a shell that minds its jobs. It has the terminal for itself in the meantime.
  const job = `sh -c 'echo $$ > pid; exec "$@"' sh learn`
  const meantime = "stty sane; printf '\\033[2J\\033[H'; echo stopped; read go"
  const shell = `set -m; ${job}; ${meantime}; fg; ${meantime}; fg; echo "code $?"; stty -a`
  const guide = startGuide(t, root, { rows: 40, shell })
  await guide.until('✗')
  const stops = {
    'Ctrl-Z': () => guide.press(keys.ctrlZ),
    'a signal': () => process.kill(Number(readFileSync(join(root, 'pid'), 'utf8')), 'SIGTSTP'),
  }
  for (const [what, stop] of Object.entries(stops))
    t.test(`stopped by ${what}`, async (t) => {
      stop()
      await guide.until(/^stopped/)
      guide.press(keys.enter)
      await guide.until(/^░+ 0 of 3 passed\n.*q quit$/s)
      guide.press('l')
      t.ok(await guide.until('▸ you are here'), 'a key needs no Enter')
      t.equal(guide.modes().bracketedPaste, true)
      guide.press('l')
      await guide.until('✗')
    })
  t.test('and leaves in good order', async (t) => {
    guide.press('q')
    t.equal(await guide.exitCode(), 0)
    t.match(guide.screen(), /^Your progress is kept\..*\ncode 0$/m)
    t.notMatch(guide.screen(), /-icanon|-isig|-echo\b/)
  })
})

t.test('Ctrl-Z where there is no shell to go back to: nothing happens', async (t) => {
  const guide = startGuide(t, madeUpCourse(t), { rows: 40, env: { NO_COLOR: '1' } })
  await guide.until('✗')
  t.notOk(guide.isColored(), 'and NO_COLOR is honored')
  guide.press(keys.ctrlZ)
  guide.press('h')
  const goesOn = (screen: string) => screen.includes('Hint 1') && guide.modes().bracketedPaste
  t.ok(await guide.until(goesOn))
})
