import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { Level } from 'level'
import t from 'tap'
import { openStore } from '../../../example/store/open.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { withoutModes } from '../../support/no-modes.ts'
import { until } from '../../support/until.ts'
import { logOfOne } from './level/written.ts'
import { key, notOpened, opened, warningsOf } from './opened.ts'

const noFullDevice = existsSync('/dev/full') ? false : 'this system has no /dev/full'

/** Why it was not opened. */
const refusal = async (url: string) => (await notOpened(url)).message

t.test('memory:', async (t) => {
  t.test('opens a new store every time', async (t) => {
    const one = await opened(t, 'memory:')
    const other = await opened(t, { engine: 'memory' })
    await one.insert(key, 'value')
    t.equal(await other.get(key), undefined)
  })
})

t.test('level: and a folder', async (t) => {
  t.test('makes the folder and those above it, for its owner alone', async (t) => {
    const folder = temporaryFolder(t)
    await opened(t, `level:${folder}/a/b`)
    for (const made of [`${folder}/a`, `${folder}/a/b`])
      t.equal((statSync(made).mode & 0o777).toString(8), '700')
  })

  t.test('leaves a folder that was there as it is', async (t) => {
    const folder = temporaryFolder(t)
    chmodSync(folder, 0o750)
    await opened(t, `level:${folder}`)
    t.equal((statSync(folder).mode & 0o777).toString(8), '750')
  })

  t.test(
    'refuses a folder into which everybody may write: who can write can sign in',
    async (t) => {
      const folder = temporaryFolder(t)
      chmodSync(folder, 0o777)
      t.equal(
        await refusal(`level:${folder}`),
        `Cannot open the store: everybody may write into ${folder}. Run: chmod o-w ${folder}`,
      )
    },
  )

  t.test('a second time while it is open: one clear sentence', async (t) => {
    const folder = temporaryFolder(t)
    const store = await opened(t, `level:${folder}`)
    t.equal(
      await refusal(`level:${folder}`),
      `Cannot open the store: another process is using ${folder}. Is this server running in another terminal? Stop it there, or set STORE_URL and PORT`,
    )
    t.equal(await store.insert(key, 'value'), true, 'the first does not notice')
  })

  t.test(
    'after a write that failed its files are opened anew, and hold what they held',
    async (t) => {
      const store = await opened(t, `level:${temporaryFolder(t)}`)
      await store.insert(key, 'value')
      const full = () => {
        throw new Error('No space left on device')
      }
      const batch = t.capture(Level.prototype, 'batch', full)
      await t.rejects(store.remove(key), { code: 'disk' })
      batch.restore()
      await until(() => store.remove(key), 'it takes writes again')
      t.equal(await store.get(key), undefined)
    },
  )

  t.test('where a file stands: no folder can be made', async (t) => {
    const folder = temporaryFolder(t, { file: 'not a folder' })
    const where = { file: 'a file stands there', 'file/below': 'a file stands in the way' }
    for (const [name, reason] of Object.entries(where)) {
      const path = `${folder}/${name}`
      t.equal(
        await refusal(`level:${path}`),
        `Cannot open the store: the folder ${path} cannot be made: ${reason}. Name another folder in STORE_URL`,
      )
    }
  })

  t.test('a name that is too long: said in the word of the system', async (t) => {
    const message = await refusal(`level:${temporaryFolder(t)}/${'n'.repeat(300)}`)
    t.match(message, /cannot be made: ENAMETOOLONG\. Name another folder in STORE_URL$/)
  })

  t.test('warns of a folder that others can read, or the group can write', async (t) => {
    for (const mode of [0o755, 0o705, 0o701, 0o770, 0o720, 0o700, 0o750, 0o710]) {
      const folder = temporaryFolder(t)
      chmodSync(folder, mode)
      const warning = `others can read the folder ${folder}, or its group can write there. Run: chmod 700 ${folder}`
      const expected = [0o700, 0o750, 0o710].includes(mode) ? [] : [warning]
      t.same(await warningsOf(t, `level:${folder}`), expected, mode.toString(8))
    }
  })

  t.test('advises no chmod where that changes nothing', async (t) => {
    const folder = temporaryFolder(t)
    withoutModes(t, 0o755)
    t.same(await warningsOf(t, `level:${folder}`), [
      `others can read the folder ${folder}, or its group can write there, and chmod changes nothing there, as on disks of Windows and some shares. Name a folder of another disk in STORE_URL, such as level:$HOME/jwt-data`,
    ])
  })

  t.test('files that are no database: they are damaged, and what to do', async (t) => {
    const folder = temporaryFolder(t, { CURRENT: 'garbage' })
    t.match(
      await refusal(`level:${folder}`),
      /damaged, and changes may be lost with them: CURRENT: it names no MANIFEST\. Move the folder/,
    )
  })

  t.test('files of which LevelDB drops something, though their checksums fit', async (t) => {
    const folder = temporaryFolder(t)
    await (await openStore(`level:${folder}`)).close()
    const log = readdirSync(folder).find((name) => name.endsWith('.log'))
    writeFileSync(`${folder}/${log}`, logOfOne(1, 2)) // too short to be a write
    for (const when of ['now', 'when it has removed that log']) {
      const message = await refusal(`level:${folder}`)
      t.match(
        message,
        /lost with them: LevelDB has dropped a part of its log\. Move the folder/,
        when,
      )
    }
  })

  t.test('on a disk that is full: what to do about it', { skip: noFullDevice }, async (t) => {
    const folder = temporaryFolder(t)
    symlinkSync('/dev/full', `${folder}/MANIFEST-000001`) // the first that LevelDB writes
    t.equal(
      await refusal(`level:${folder}`),
      `Cannot open the store: the disk that holds ${folder} is full. Make room, and start again`,
    )
  })

  t.test('a folder whose files cannot be written: the same', async (t) => {
    const folder = temporaryFolder(t)
    mkdirSync(`${folder}/LOCK`) // a folder in the place of LevelDB's own file; it stops root too
    writeFileSync(`${folder}/LOCK/file`, '')
    const error = await notOpened(`level:${folder}`)
    t.equal(
      error.message,
      `Cannot open the store: the files in ${folder} cannot be read or written`,
    )
    t.ok(error.cause instanceof Error)
  })
})

t.test('any other URL is refused before anything is opened', async (t) => {
  await t.rejects(openStore('file:./data'), new TypeError('must be memory:, level: and a folder'))
})
