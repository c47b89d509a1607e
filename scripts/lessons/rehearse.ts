import { Console } from 'node:console'
import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

const patienceSeconds = 60 // a demonstration takes five at most, on a machine that does nothing else

/** What a demonstration did. */
export interface DemoRun {
  readonly out: string
  readonly err: string
  /** `undefined` when it did not end. */
  readonly code: number | undefined
}

/** Runs a demonstration as `npm run learn demo N` does, but in this process: its module is loaded anew. */
export async function rehearse(url: string, args: readonly string[]): Promise<DemoRun> {
  const { argv, exit } = process
  const { console: own } = globalThis
  const [out, err] = [new Kept(), new Kept()]
  const over = new AbortController()
  let code: number | undefined
  process.argv = [...argv.slice(0, 2), ...args]
  process.exit = (asked) => {
    code = Number(asked ?? 0)
    throw over
  }
  globalThis.console = new Console(out, err)
  const late = setTimeout(patienceSeconds * 1000, undefined, { signal: over.signal })
  const ended = import(`${url}?${randomUUID()}`).then(() => (code ??= 0))
  await Promise.race([ended, late]).catch((error) => {
    if (error === over) return
    console.error(error)
    code = 1
  })
  over.abort()
  globalThis.console = own
  Object.assign(process, { argv, exit })
  return { out: out.text, err: err.text, code }
}

/** What is written to it, as a text. */
class Kept extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk
    done()
  }
}
