import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { newSecret, secretFromFile } from '../../../example/server/secret.ts'
import { weakness } from '../../../example/server/weakness.ts'
import { SECRET } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { withoutModes } from '../../support/no-modes.ts'
import { messageOf } from '../../support/refusal.ts'

t.test('newSecret()', async (t) => {
  t.test('is 256 random bits, and never weak', async (t) => {
    const secrets = Array.from({ length: 1000 }, newSecret)
    t.equal(new Set(secrets).size, 1000)
    for (const secret of secrets) {
      if (!/^[\w-]{43}$/.test(secret) || weakness(secret) !== undefined) t.fail('a weak secret')
    }
  })
})

t.test('secretFromFile()', async (t) => {
  t.test('makes the file once, and reads it from then on', async (t) => {
    const path = join(temporaryFolder(t), 'data', 'secret')
    const made = secretFromFile(path)
    t.match(made, /^[\w-]{43}$/)
    t.equal(readFileSync(path, 'utf8'), `${made}\n`)
    t.equal(secretFromFile(path), made)
  })

  t.test('makes the file and its folder for their owner alone', async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    secretFromFile(join(folder, 'secret'))
    t.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600)
    t.equal(statSync(folder).mode & 0o777, 0o700)
  })

  t.test('reads a secret that somebody put there', async (t) => {
    const path = join(temporaryFolder(t, { secret: `  ${SECRET}\r\n` }), 'secret')
    chmodSync(path, 0o400)
    t.equal(secretFromFile(path), SECRET)
  })

  t.test('refuses a file that others may use', async (t) => {
    const path = join(temporaryFolder(t, { secret: SECRET }), 'secret')
    chmodSync(path, 0o601)
    const message = `Cannot use the secret in ${path}: others may read it. Run: chmod 600 ${path}`
    t.equal(messageOf(secretFromFile, path), message)
    t.equal(readFileSync(path, 'utf8'), SECRET, 'and leaves it as it was')
  })

  const weak = {
    'an empty file, from a start that was cut off': '',
    'a short secret': 'tiny-one',
    'a well-known secret': 'CHANGE_THIS_TO_SOMETHING_RANDOM_',
  }
  for (const [what, content] of Object.entries(weak)) {
    t.test(`refuses ${what}, and does not print it`, async (t) => {
      const path = join(temporaryFolder(t), 'secret')
      writeFileSync(path, content, { mode: 0o600 })
      const message = messageOf(secretFromFile, path)
      t.match(message, /^Cannot use the secret in .*delete the file for a new one$/)
      if (content !== '') t.notOk(message.includes(content))
    })
  }

  t.test('writes no secret into a folder where everybody may write', async (t) => {
    const folder = temporaryFolder(t)
    chmodSync(folder, 0o777)
    const path = join(folder, 'secret')
    t.equal(
      messageOf(secretFromFile, path),
      `Cannot keep a secret in ${path}: everybody may write into ${folder}. Run: chmod o-w ${folder}`,
    )
    t.same(readdirSync(folder), [])
  })

  t.test('where chmod changes nothing: says so, and leaves no secret behind', async (t) => {
    const folder = temporaryFolder(t)
    const path = join(folder, 'secret')
    const wayOut =
      'and chmod changes nothing there, as on disks of Windows and some shares. Name a folder of another disk in STORE_URL, such as level:$HOME/jwt-data, or set JWT_SECRET'
    for (const [mode, problem] of [
      [0o777, `Cannot keep a secret in ${path}: everybody may write into ${folder}`],
      [0o755, `Cannot use the secret in ${path}: others may read it`],
    ] as const)
      t.test(mode.toString(8), async (t) => {
        withoutModes(t, mode)
        t.equal(messageOf(secretFromFile, path), `${problem}, ${wayOut}`)
        t.same(readdirSync(folder), [])
      })
  })

  t.test('says why a file cannot be made, and the way out', async (t) => {
    const path = join(temporaryFolder(t), 'n'.repeat(300))
    t.equal(
      messageOf(secretFromFile, path),
      `Cannot write a secret into ${path}: ENAMETOOLONG. Name another folder in STORE_URL, or set JWT_SECRET`,
    )
  })

  t.test('does not wait for a pipe', async (t) => {
    const path = join(temporaryFolder(t), 'secret')
    execFileSync('mkfifo', ['-m', '600', path])
    t.equal(messageOf(secretFromFile, path), `Cannot read ${path}: it is no file`)
  })
})
