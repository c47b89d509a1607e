import t from 'tap'
import { exposure } from '../../../example/server/private-file.ts'
import { withoutModes } from '../../support/no-modes.ts'

const noWay = 'and that is so'

t.test('exposure()', async (t) => {
  const us = 1000
  t.test('of a file of this user, or of root, that nobody else may use: none', async (t) => {
    for (const uid of [us, 0])
      for (const mode of [0o100600, 0o100400])
        t.equal(exposure('secret', { uid, mode }, noWay, us), undefined)
  })

  t.test('of a file that others may use: named, with the line that mends it', async (t) => {
    for (const mode of [0o100644, 0o100640, 0o100620, 0o100610, 0o100604, 0o100601])
      t.equal(
        exposure('secret', { uid: us, mode }, noWay, us),
        'others may read it. Run: chmod 600 secret',
        mode.toString(8),
      )
  })

  t.test('of a file that another user has put there: named, for root, too', async (t) => {
    for (const reader of [us, 0])
      t.equal(
        exposure('secret', { uid: 1001, mode: 0o100600 }, noWay, reader),
        `it belongs to another user. Run as root: chown ${reader} secret`,
      )
  })

  t.test('where no chmod and no chown helps, none is advised', async (t) => {
    withoutModes(t)
    const problem = (uid: number) => exposure('secret', { uid, mode: 0o100777 }, noWay, us)
    t.equal(problem(us), 'others may read it, and that is so')
    t.equal(problem(1001), 'it belongs to another user, and that is so')
  })
})
