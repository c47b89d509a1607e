import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t from 'tap'
import { findChromium, findFirefox, findProgram } from '../../../scripts/find-program.ts'
import { environment } from '../../support/environment.ts'
import { temporaryFolder } from '../../support/folder.ts'

t.test('where programs are looked for', async (t) => {
  const root = temporaryFolder(t, {
    first: { 'redis-server': 'a text that nobody may run' },
    second: { 'redis-server': '', 'google-chrome': '' },
    third: { 'redis-server': '', 'chromium-browser': '', 'firefox-esr': '' },
    snap: { firefox: '' },
  })
  for (const program of [
    'second/redis-server',
    'third/redis-server',
    'second/google-chrome',
    'third/chromium-browser',
    'third/firefox-esr',
    'snap/firefox',
  ])
    chmodSync(join(root, program), 0o755)
  const path = ['nowhere', 'first', 'snap', 'second', 'third'].map((folder) => join(root, folder))

  const PATH = path.join(delimiter)
  t.beforeEach((t) => environment(t, { PATH, CHROMIUM_PATH: undefined, FIREFOX_PATH: undefined }))

  t.test('findProgram()', async (t) => {
    t.test('gives the first on the PATH that may be run', async (t) => {
      t.equal(findProgram('redis-server'), join(root, 'second/redis-server'))
    })
    t.test('of several names, takes the first, wherever it is', async (t) => {
      const found = findProgram('chromium', 'chromium-browser', 'google-chrome')
      t.equal(found, join(root, 'third/chromium-browser'))
    })
    t.test('gives undefined where there is none, or no PATH', async (t) => {
      t.equal(findProgram('chromium'), undefined)
      delete process.env.PATH
      t.equal(findProgram('redis-server'), undefined)
    })
  })

  const browsers = {
    'findChromium()': [findChromium, 'CHROMIUM_PATH', 'third/chromium-browser'],
    'findFirefox(), which takes no plain firefox: that may be a snap': [
      findFirefox,
      'FIREFOX_PATH',
      'third/firefox-esr',
    ],
  } as const
  for (const [what, [find, setting, found]] of Object.entries(browsers))
    t.test(`${what}, believes its setting, unless that is empty`, async (t) => {
      t.equal(find(), join(root, found))
      process.env[setting] = '/somewhere/else'
      t.equal(find(), '/somewhere/else')
      process.env[setting] = ''
      t.equal(find(), join(root, found))
    })
})
