import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readEnvFile } from '../../../example/server/env-file.ts'
import { SECRET } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { withoutModes } from '../../support/no-modes.ts'
import { messageOf } from '../../support/refusal.ts'

/** A `.env` with this text, which has this mode whatever the umask. */
function envFile(t: Test, content: string | Buffer, mode = 0o600): string {
  const path = join(temporaryFolder(t), '.env')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

t.test('readEnvFile()', async (t) => {
  t.test('gives the settings of the file', async (t) => {
    const path = envFile(t, `# mine\nPORT=8080\nJWT_SECRET="${SECRET}"\r\nLOG_LEVEL=\n`)
    t.same(readEnvFile(path), { PORT: '8080', JWT_SECRET: SECRET, LOG_LEVEL: '' })
  })

  t.test('gives none where there is no file', async (t) => {
    t.same(readEnvFile(join(temporaryFolder(t), '.env')), {})
  })

  t.test('follows a link to a file', async (t) => {
    const link = join(temporaryFolder(t, { shared: 'PORT=8080' }), '.env')
    symlinkSync('shared', link)
    t.same(readEnvFile(link), { PORT: '8080' })
  })
})

t.test('settings that everybody may write are those of a stranger', async (t) => {
  const path = envFile(t, 'TRUSTED_PROXIES=1', 0o646)
  t.equal(
    messageOf(readEnvFile, path),
    `Cannot use ${path}: everybody may write into it. Run: chmod 600 ${path}`,
  )
})

t.test('a secret in a file that others may read is refused, and not printed', async (t) => {
  const secrets: Array<[what: string, name: string, secret: string]> = [
    ['that of the server', 'JWT_SECRET', SECRET],
    ['a password', 'DEMO_PASSWORD', 'a phrase for tests'],
    ['that of Redis, which compose.yml reads there', 'REDIS_PASSWORD', 'hunter2-for-tests'],
    ['one in the URL of the store', 'STORE_URL', 'redis://ada:hunter2-for-tests@a'],
    ['one without a user', 'STORE_URL', 'redis-cluster://:hunter2-for-tests@a:6379,b:6379'],
  ]
  for (const [what, name, secret] of secrets) {
    t.test(what, async (t) => {
      const path = envFile(t, `${name}=${secret}`, 0o644)
      const message = `Cannot use the secrets in ${path}: others may read it. Run: chmod 600 ${path}`
      t.equal(messageOf(readEnvFile, path), message)
      execFileSync('chmod', ['600', path])
      t.same(readEnvFile(path), { [name]: secret }, 'and the line in the message mends it')
    })
  }

  t.test('where chmod changes nothing, another way out is named', async (t) => {
    const path = envFile(t, `JWT_SECRET=${SECRET}`, 0o644)
    withoutModes(t)
    t.equal(
      messageOf(readEnvFile, path),
      `Cannot use the secrets in ${path}: others may read it, and chmod changes nothing there, as on disks of Windows and some shares. Give them in the environment`,
    )
  })
})

t.test('without a secret others may read it, as a umask of 022 lets them', async (t) => {
  const harmless = {
    'the well-known password': 'DEMO_PASSWORD=itsnosecret',
    'an empty secret': 'JWT_SECRET=',
    'a folder': 'STORE_URL=level:./data',
    'Redis without a password': 'STORE_URL=redis://127.0.0.1:6379',
    'the name of a master': 'STORE_URL=redis-sentinel://name@a:26379',
  }
  for (const [what, line] of Object.entries(harmless)) {
    t.test(what, async (t) => {
      const path = envFile(t, `${line}\n`, 0o644)
      t.equal(messageOf(readEnvFile, path, ['itsnosecret']), 'accepted')
    })
  }
})

t.test('what cannot be read is said in a sentence', async (t) => {
  const others: Array<[what: string, reason: string, make: (path: string) => void]> = [
    ['a folder', 'it is a folder', (path) => mkdirSync(path)],
    ['a pipe, for which a server would wait', 'it is no file', makePipe],
    [
      'a link to nothing',
      'it is a link to a file that is not there',
      (path) => symlinkSync('nothing', path),
    ],
    ['a link to itself', 'ELOOP', (path) => symlinkSync('.env', path)],
  ]
  for (const [what, reason, make] of others) {
    t.test(what, async (t) => {
      const path = join(temporaryFolder(t), '.env')
      make(path)
      t.equal(messageOf(readEnvFile, path), `Cannot read ${path}: ${reason}`)
    })
  }

  t.test('a file that this user may not read', async (t) => {
    const path = envFile(t, 'PORT=8080', 0o000)
    const message = asNobodySpecial(() => messageOf(readEnvFile, path))
    t.equal(message, `Cannot read ${path}: this user may not`)
  })
})

t.test('a text of which settings would be lost without a word is refused', async (t) => {
  const encodings = {
    'UTF-8 with a byte order mark': Buffer.from('\uFEFFJWT_SECRET=x\n'),
    'UTF-16, as PowerShell writes it': Buffer.from('\uFEFFPORT=1\n', 'utf16le'),
    'UTF-16 without a mark': Buffer.from('PORT=1\n', 'utf16le'),
    'Latin-1': Buffer.from('DEMO_USER=J\u00FCrgen\n', 'latin1'),
  }
  for (const [what, content] of Object.entries(encodings)) {
    t.test(what, async (t) => {
      const path = envFile(t, content)
      t.equal(
        messageOf(readEnvFile, path),
        `Cannot read ${path}: it is not plain UTF-8. Save it as UTF-8 without a byte order mark`,
      )
    })
  }
})

function makePipe(path: string): void {
  execFileSync('mkfifo', [path])
}

/** Root may read everything, so for a moment the tests of root are somebody else. */
function asNobodySpecial<T>(look: () => T): T {
  if (process.geteuid?.() !== 0) return look()
  process.seteuid?.(65_534)
  try {
    return look()
  } finally {
    process.seteuid?.(0)
  }
}
