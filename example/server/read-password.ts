import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** A new password: asked for twice in a terminal, which shows nothing of it, or all of standard input but its last line end. */
export async function readPassword(
  input: Readable & { readonly isTTY?: boolean },
  output: Writable,
): Promise<string> {
  if (input.isTTY) return await askTwice(input, output)
  const given = (await text(input)).replace(/\r?\n$/, '')
  // Neither cut off nor taken as a whole: who sends two lines has meant something else.
  if (given.includes('\n')) throw new Error('Cannot read the password: it must be one line')
  return given
}

/** In a raw terminal readline does the echo, and here it goes nowhere. */
async function askTwice(input: Readable, output: Writable): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const typed = createInterface({ input, output: nowhere, terminal: true, historySize: 0 })
  const lines = typed[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string> => {
    output.write(question)
    const { value, done } = await lines.next()
    output.write('\n')
    if (done) throw new Error('Cannot go on without a password: nothing is changed') // Ctrl-C, Ctrl-D
    return value
  }
  try {
    const password = await ask('New password, which is not shown: ')
    if (password === (await ask('The same again: '))) return password
    throw new Error('Cannot use the password: the two are not the same')
  } finally {
    typed.close()
  }
}
