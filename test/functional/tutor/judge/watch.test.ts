import { renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { watchFile } from '../../../../tutor/judge/watch.ts'
import { environment } from '../../../support/environment.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { write } from '../made-up-course.ts'
import { noFileEvents } from '../made-up-guide.ts'

/** A folder to watch a file in. */
function watched(t: Test) {
  const root = temporaryFolder(t, { my: { 'exercise.ts': 'one', 'other.ts': '' } })
  return { root, ...watch(t, join(root, 'my/exercise.ts')) }
}

/** Watches a file; `changed` waits for the next change, and tells whether no events seem to come. */
function watch(t: Test, path: string) {
  const heard: boolean[] = []
  let hear = () => {}
  const stop = watchFile(path, (isDeaf) => {
    heard.push(isDeaf)
    hear()
  })
  t.teardown(stop)
  async function changed(): Promise<boolean | undefined> {
    if (heard.length === 0)
      await new Promise<void>((resolve) => {
        hear = resolve
      })
    return heard.shift()
  }
  return { changed, heard }
}

t.test('watchFile() tells of', async (t) => {
  t.test('a file that is written', async (t) => {
    const { root, changed } = watched(t)
    write(root, 'my/exercise.ts', 'two')
    t.equal(await changed(), false)
  })
  t.test('a file that is renamed into its place, as many editors do', async (t) => {
    const { root, changed } = watched(t)
    write(root, 'my/exercise.ts~', 'two')
    renameSync(join(root, 'my/exercise.ts~'), join(root, 'my/exercise.ts'))
    t.equal(await changed(), false)
  })
  t.test('a file that goes and comes back', async (t) => {
    const { root, changed } = watched(t)
    rmSync(join(root, 'my/exercise.ts'))
    t.equal(await changed(), false)
    write(root, 'my/exercise.ts', 'again')
    t.equal(await changed(), false)
  })
  t.test('nothing that happens to another file', async (t) => {
    const { root, changed, heard } = watched(t)
    const other = watch(t, join(root, 'my/other.ts'))
    for (const text of ['two', 'three']) {
      write(root, 'my/other.ts', text)
      t.equal(await other.changed(), false)
    }
    t.same(heard, [])
    write(root, 'my/exercise.ts', 'two')
    t.equal(await changed(), false)
  })
})

t.test('where no event comes, the clock of the file tells', async (t) => {
  environment(t, noFileEvents)
  const { root, changed } = watched(t)
  utimesSync(join(root, 'my/exercise.ts'), 1, 1)
  t.equal(await changed(), false, 'its event may have been too early, or be late')
  utimesSync(join(root, 'my/exercise.ts'), 2, 2)
  t.equal(await changed(), true, 'but not twice in a row')
})
