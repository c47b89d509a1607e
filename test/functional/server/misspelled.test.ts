import t from 'tap'
import { misspelled } from '../../../example/server/misspelled.ts'

const known = ['JWT_SECRET', 'PORT', 'LOG_LEVEL', 'WORKERS', 'SESSION_LIFETIME']

t.test(
  'in the environment a name that is nearly a setting is named, and what was meant',
  async (t) => {
    const slips: Record<string, string> = {
      JWT_SECRT: 'JWT_SECRET',
      JWT_SECRETS: 'JWT_SECRET',
      JWT_SECREt: 'JWT_SECRET',
      JWT_SEKRET: 'JWT_SECRET',
      JTW_SECRET: 'JWT_SECRET',
      'JWT-SECRET': 'JWT_SECRET',
      WT_SECRET: 'JWT_SECRET',
      jwt_secret: 'JWT_SECRET',
      LOG_LEVELS: 'LOG_LEVEL',
      WORKER: 'WORKERS',
      SESSION_LIVETIME: 'SESSION_LIFETIME',
      port: 'PORT',
    }
    for (const [name, ours] of Object.entries(slips))
      t.same(misspelled({ [name]: 'x' }, {}, known), [`${name}: is no setting; ${ours} is`])
  },
)

t.test('what other programs read there is left alone', async (t) => {
  const names = [
    'PATH',
    'HOST',
    'SORT',
    'PORTS',
    'SECRET',
    'JWT_TOKEN',
    'JWT_SECRET_OLD',
    'LOGLEVEL',
    '',
  ]
  for (const name of names) t.same(misspelled({ [name]: 'x' }, {}, known), [], name)
  t.same(misspelled({ JWT_SECRT: '', LOG_LEVELS: undefined, PORT: '1' }, {}, known), [])
})

t.test('the second half of a secret that was broken into two lines is not shown', async (t) => {
  const hidden = ['.env: a line holds no setting. A value must stand on one line']
  for (const half of ['kP3nQ8rT5vW7xZ2bD4fH6j', 'QWERTZUIOPASDFGHJKLYXCVBNM', 'a1b2c3'])
    t.same(misspelled({}, { [half]: '=' }, known), hidden)
})

t.test('in the file every unknown name is named, even an empty one', async (t) => {
  const file = { PORT: '1', JWT_SECRT: 'x', LOGLEVEL: 'info', COLOR: 'red', TOKEN: '' }
  t.same(misspelled({ JWT_SECRT: 'x', TOKEN: 'x' }, file, known), [
    'JWT_SECRT: is no setting; JWT_SECRET is',
    'LOGLEVEL: is no setting; LOG_LEVEL is',
    'COLOR: is no setting',
    'TOKEN: is no setting',
  ])
})
