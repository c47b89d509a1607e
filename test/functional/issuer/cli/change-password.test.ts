import { writeFileSync } from 'node:fs'
import t from 'tap'
import { openStore } from '../../../../example/store/open.ts'
import { openVault } from '../../../../example/store/vault.ts'
import { command, onDisk, opens } from './command-line.ts'

const next = 'another-for-tests-8sK'

async function opensWith(STORE_URL: string, password: string): Promise<boolean> {
  const store = await openStore(STORE_URL)
  try {
    return (await openVault(store, password)) !== undefined
  } catch {
    return false
  } finally {
    await store.close()
  }
}

t.test('--change-password: the new one opens the store, and the old one does not', async (t) => {
  const { environment, STORE_URL } = await onDisk(t)
  t.same(await command(['--change-password'], { environment, stdin: `${next}\n` }), {
    code: 0,
    stdout:
      'The store opens with the new password alone: put it in the place of the old one, in ISSUER_PASSWORD\n',
    stderr: '',
    config: undefined,
  })
  t.same([await opensWith(STORE_URL, next), await opensWith(STORE_URL, opens)], [true, false])
})

t.test('where the old one stands in a file, the answer names that', async (t) => {
  const { STORE_URL } = await onDisk(t)
  const file = `${STORE_URL.replace('level:', '')}-password`
  writeFileSync(file, `${opens}\n`)
  const environment = { STORE_URL, ISSUER_PASSWORD_FILE: file }
  const { stdout } = await command(['-change-password'], { environment, stdin: next })
  t.ok(stdout.endsWith(`, in ${file}\n`), stdout)
})

t.test('what is refused has changed nothing', async (t) => {
  const { environment, STORE_URL } = await onDisk(t)
  const change = async (given: object, stdin = next) => {
    const { code, stdout, stderr } = await command(['--change-password'], {
      environment: { ...environment, ...given },
      stdin,
    })
    t.same({ code, stdout }, { code: 1, stdout: '' })
    return stderr
  }
  const cannot = 'Cannot change the password of the store: '
  t.equal(
    await change({ ISSUER_PASSWORD: '' }),
    `${cannot}give the one that it has, in ISSUER_PASSWORD or a file that ISSUER_PASSWORD_FILE names\n`,
  )
  t.match(await change({ ISSUER_PASSWORD: next }), /^Cannot open the store: the password is wrong/)
  for (const refused of ['too-short', ' '.repeat(12)])
    t.equal(
      await change({}, refused),
      `${cannot}the new one must have 12 characters or more, and not only spaces\n`,
    )
  t.match(await change({}, `${next}\n${next}`), /must be one line/)
  t.equal(
    await change({ STORE_URL: 'memory:' }),
    'Cannot change the password: memory: in STORE_URL ends with its process\n',
  )
  t.equal(
    await change({ STORE_URL: `${STORE_URL}-new` }),
    `${cannot}it has none yet, and gets one at its first start\n`,
  )
  const running = await openStore(STORE_URL)
  t.match(await change({}), /^Cannot open the store: .*another process/, 'the server is running')
  await running.close()
  t.ok(await opensWith(STORE_URL, opens))
})
