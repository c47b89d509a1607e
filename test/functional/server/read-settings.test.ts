import t from 'tap'
import { ConfigError, readSettings } from '../../../example/server/read-settings.ts'
import { sharedSettings } from '../../../example/server/settings.ts'
import { SECRET } from '../../support/fixtures.ts'

t.test('where others can reach it, a server needs no rule of its own to start', async (t) => {
  const environment = { NODE_ENV: 'production', JWT_SECRET: SECRET }
  const { env } = readSettings(sharedSettings, { environment, file: {} })
  t.equal(env.NODE_ENV, 'production')
})

t.test('what it needs there, and what it refuses there, is said by name', async (t) => {
  const read = () =>
    readSettings(sharedSettings, {
      environment: { NODE_ENV: 'production' },
      file: {},
      required: ['JWT_SECRET'],
      refusedForOthers: () => [['PORT', 'is one that everybody knows']],
    })
  t.throws(
    read,
    new ConfigError([
      'JWT_SECRET: must be given in production (NODE_ENV)',
      'PORT: refused in production (NODE_ENV): it is one that everybody knows',
    ]),
  )
})
