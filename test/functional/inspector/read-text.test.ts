import { execFileSync } from 'node:child_process'
import t from 'tap'
import { readFileOf } from '../../../inspector/read-text.ts'
import { temporaryFolder } from '../../support/folder.ts'

t.test('readFileOf() says what is wrong with a file, and never its name', async (t) => {
  const folder = temporaryFolder(t, { long: 'x'.repeat(65_537), good: 'x'.repeat(65_536) })
  t.equal((await readFileOf('--key', `${folder}/good`)).length, 65_536)
  const fifo = `${folder}/fifo`
  execFileSync('mkfifo', [fifo])
  const paths: Record<string, [path: string, message: RegExp]> = {
    'a pipe, which nobody may ever write to': [fifo, /it is no file/],
    'a device': ['/dev/zero', /it is no file/],
    'a folder': [folder, /it is no file, but a folder/],
    'a long file': [`${folder}/long`, /the file of --key: it is longer than 65536 bytes/],
    'a file that is missing': [`${folder}/hunter2`, /^Cannot read the file of --key: there is no/],
    'a name with a NUL': ['hunter2\0', /there is no such file/],
    'an empty name': ['', /there is no such file/],
    'a key in the place of a name': ['-----BEGIN KEY-----\nhunter2', /Write a key into a file/],
    'an address': ['http://hunter2/jwks', /download what is at an address/],
  }
  for (const [what, [path, message]] of Object.entries(paths))
    t.test(what, async (t) => {
      const error = await readFileOf('--key', path).catch((error: unknown) => error)
      t.ok(error instanceof Error)
      t.match(error, { name: 'Problem', message })
      t.notMatch(error instanceof Error && error.message, /hunter2/)
    })
})
