import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t from 'tap'
import { findChromium, findFirefox, findProgram } from '../../../scripts/find-program.ts'
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

  t.beforeEach((t) => {
    const { PATH, CHROMIUM_PATH, FIREFOX_PATH } = process.env
    t.teardown(() => {
      process.env.PATH = PATH
      if (CHROMIUM_PATH !== undefined) process.env.CHROMIUM_PATH = CHROMIUM_PATH
      if (FIREFOX_PATH !== undefined) process.env.FIREFOX_PATH = FIREFOX_PATH
    })
    process.env.PATH = path.join(delimiter)
    delete process.env.CHROMIUM_PATH
    delete process.env.FIREFOX_PATH
  })

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

  t.test('findChromium()', async (t) => {
    t.test('looks on the PATH', async (t) => {
      t.equal(findChromium(), join(root, 'third/chromium-browser'))
    })
    t.test('believes CHROMIUM_PATH, unless it is empty', async (t) => {
      process.env.CHROMIUM_PATH = '/somewhere/else'
      t.equal(findChromium(), '/somewhere/else')
      process.env.CHROMIUM_PATH = ''
      t.equal(findChromium(), join(root, 'third/chromium-browser'))
    })
  })

  t.test('findFirefox()', async (t) => {
    t.test('takes no plain firefox, which may be a snap', async (t) => {
      t.equal(findFirefox(), join(root, 'third/firefox-esr'))
    })
    t.test('believes FIREFOX_PATH, unless it is empty', async (t) => {
      process.env.FIREFOX_PATH = '/somewhere/else'
      t.equal(findFirefox(), '/somewhere/else')
      process.env.FIREFOX_PATH = ''
      t.equal(findFirefox(), join(root, 'third/firefox-esr'))
    })
  })
})
