import { parseArgs } from 'node:util'

/** What was asked for on the command line. */
export type Command =
  | { readonly name: 'admin'; readonly username: string }
  | { readonly name: 'export' }
  /** Without a file it reads standard input. */
  | { readonly name: 'import'; readonly file: string | undefined }
  | { readonly name: 'help' }

export const usage = `npm run accounts:admin -- --username ada   the first administrator, or a further one
npm run -s accounts:export > users.jsonl   all users, with the hashes of their passwords
npm run accounts:import -- users.jsonl     adds them to a store that does not have them

The store is the server's: STORE_URL, in the environment or in .env.accounts. LevelDB lets
one process open its files: stop the server before.
`

/** Reads the command line; `undefined` for one that makes no sense. */
export function readCommand([name, ...args]: readonly string[]): Command | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { username: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    const { username, help } = values
    const [file, ...more] = positionals
    if (help) return { name: 'help' }
    if (name === 'admin' && username !== undefined && file === undefined) return { name, username }
    if (username !== undefined || more.length > 0) return undefined
    if (name === 'import') return { name, file }
    return name === 'export' && file === undefined ? { name } : undefined
  } catch {
    return undefined
  }
}
