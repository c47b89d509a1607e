import { wrap } from '../tutor/terminal/look.ts'
import { findToken } from './find-token.ts'
import type { Given } from './given.ts'
import { givenKey } from './given-key.ts'
import { givenSecret } from './given-secret.ts'
import { type Options, readOptions } from './options.ts'
import { type Output, paperOf, print } from './paper.ts'
import { Problem } from './problem.ts'
import { readFileOf, readText } from './read-text.ts'
import { reportOn } from './report.ts'
import { sayJson } from './say-json.ts'
import { sayReport } from './say-report.ts'
import { usage } from './usage.ts'

/** What a process has, as far as the inspector needs it. */
export interface Surroundings {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
}

/** Runs the command, and returns its exit code. */
export async function inspect({ args, env, stdin, stdout, stderr }: Surroundings): Promise<number> {
  try {
    const options = readOptions(args, env)
    const aimless = options.words.length === 0 && stdin.isTTY === true
    if (options.help || aimless) {
      const stream = options.help ? stdout : stderr
      stream.write(`${wrap(paperOf(stream), usage)}\n`)
      return options.help ? 0 : 2
    }
    const report = await examine(options, stdin)
    stdout.write(options.json ? `${sayJson(report)}\n` : print(sayReport(report), paperOf(stdout)))
    return report.verdict.result === 'refused' ? 1 : 0
  } catch (error) {
    stderr.write(`${wrap(paperOf(stderr), sayProblem(error))}\n`)
    return 2
  }
}

async function examine(options: Options, stdin: Surroundings['stdin']) {
  const now = Math.floor(Number(options.now ?? Date.now() / 1000))
  const text =
    options.words.length > 0 ? options.words.join(' ') : await readText(stdin, 'the token')
  return await reportOn(findToken(text), { given: await readGiven(options), options, now })
}

/** Reads the key that the options name; `undefined` when they name none. */
async function readGiven(options: Options): Promise<Given | undefined> {
  const { secret, 'secret-file': secretFile, key, jwks } = options
  if (secret !== undefined) return givenSecret(secret)
  if (secretFile !== undefined) {
    const text = await readFileOf('--secret-file', secretFile)
    if (text.includes('\ufffd'))
      throw new Problem(
        'Cannot use --secret-file: it is not text in UTF-8. Give raw bytes as a JWK, --key FILE: {"kty":"oct","k":"the bytes in base64url"}',
      )
    return givenSecret(text.replace(/\r?\n$/, ''), '--secret-file')
  }
  const file = key ?? jwks
  return file === undefined ? undefined : givenKey(await readFileOf('--key', file))
}

/** Only the name of an error that nobody expected is shown: its message may quote what was typed. */
function sayProblem(error: unknown): string {
  if (error instanceof Problem) return error.message
  const name = error instanceof Error ? error.name : 'unknown error'
  return `Cannot inspect: the inspector itself is at fault (${name}). Please report it, without the token`
}
