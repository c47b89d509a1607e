import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { readPassword } from '../../../example/server/read-password.ts'

/** What comes of these keys in a terminal, and what it shows. */
async function typing(...keys: string[]): Promise<{ read: string; shown: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  const reading = readPassword(input, output).catch((error: Error) => error.message)
  for (const key of keys) input.write(key)
  const read = await reading
  output.end()
  return { read, shown: await text(output) }
}

const questions = 'New password, which is not shown: \nThe same again: \n'

t.test('a terminal asks twice, and shows nothing of it', async (t) => {
  t.same(await typing('lock', 'smith\r', 'locksmith\r'), { read: 'locksmith', shown: questions })
})

t.test('keys that mend what was typed do', async (t) => {
  const { read } = await typing('lokc\u007f\u007fck\r', 'lock\r')
  t.equal(read, 'lock')
})

t.test('two that differ are refused', async (t) => {
  const read = 'Cannot use the password: the two are not the same'
  t.same(await typing('locksmith\r', 'lockpick\r'), { read, shown: questions })
})

t.test('Ctrl-C and Ctrl-D change nothing', async (t) => {
  for (const key of ['\u0003', '\u0004']) {
    const { read } = await typing(key)
    t.equal(read, 'Cannot go on without a password: nothing is changed')
  }
})
