import { existsSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { refuseDamaged } from '../../../../example/store/level/damage.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { messageOf } from '../../../support/refusal.ts'

const harmless = '2033/05/18-03:33:20.000000 7f Recovering log #3\n'
const loss = '2033/05/18-03:33:20.000000 7f 000003.log: dropping 137 bytes; Corruption: checksum\n'

/** Whether it is refused, and named. */
const refused = (folder: string) =>
  messageOf(refuseDamaged, folder).startsWith(
    `Cannot open the store: the files in ${folder} are damaged, `,
  )

t.test('refuseDamaged()', async (t) => {
  t.test('lets a folder pass that LevelDB had no complaint about', async (t) => {
    const folder = temporaryFolder(t, { LOG: harmless })
    t.equal(refused(folder), false)
    t.notOk(existsSync(`${folder}/DAMAGED`), 'and leaves no mark')
  })

  t.test('lets a folder pass in which LevelDB keeps no diary', async (t) => {
    t.equal(refused(temporaryFolder(t)), false)
  })

  t.test('refuses a folder from which LevelDB has dropped something', async (t) => {
    t.equal(refused(temporaryFolder(t, { LOG: harmless + loss })), true)
  })

  t.test('refuses a folder of which LevelDB has ignored an error', async (t) => {
    const ignored = '2033/05/18-03:33:20.000000 7f Ignoring error Corruption: bad WriteBatch\n'
    t.equal(refused(temporaryFolder(t, { LOG: harmless + ignored })), true)
  })

  t.test('refuses it again when the diary has been begun anew', async (t) => {
    const folder = temporaryFolder(t, { LOG: loss })
    refused(folder)
    writeFileSync(`${folder}/LOG`, harmless)
    t.equal(refused(folder), true)
  })
})
