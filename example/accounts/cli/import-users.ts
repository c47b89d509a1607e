import { RecordDamaged } from '../../store/errors.ts'
import { idOf, type NewUser, type Users } from '../user.ts'
import { readLine } from './user-line.ts'

interface ImportDeps {
  users: Pick<Users, 'find' | 'create'>
  now: () => number
}

interface Line {
  readonly at: number
  readonly user: NewUser
}

/**
 * Adds the users of these lines, and says how many they were. Where one line is wrong, nothing is written. Empty lines are passed
 * over, and what npm puts in front of the output of a command.
 */
export async function importUsers(bytes: Buffer, deps: ImportDeps): Promise<string> {
  const { lines, problems } = readLines(bytes)
  for (const { at, user } of lines)
    if (await isTaken(user, deps.users)) problems.push({ at, problem: 'name: is taken' })
  if (problems.length > 0) throw new Error(sayProblems(problems))
  for (const line of lines) await add(line, deps)
  return `Imported ${lines.length} ${lines.length === 1 ? 'user' : 'users'}`
}

interface Problem {
  readonly at: number
  readonly problem: string
}

function readLines(bytes: Buffer) {
  const lines: Line[] = []
  const problems: Problem[] = []
  const firstOf = new Map<string, number>()
  // As bytes, since only a line by itself is known to be UTF-8, or not.
  for (const [index, text] of bytes.toString('latin1').split('\n').entries()) {
    if (text.trim() === '' || text.startsWith('> ')) continue
    const at = index + 1
    const read = readLine(Buffer.from(text, 'latin1'))
    if (Array.isArray(read)) {
      problems.push(...read.map((problem) => ({ at, problem })))
      continue
    }
    const first = firstOf.get(idOf(read.name))
    if (first !== undefined) problems.push({ at, problem: `name: is that of line ${first}, too` })
    firstOf.set(idOf(read.name), first ?? at)
    lines.push({ at, user: read })
  }
  return { lines, problems }
}

async function isTaken({ name }: NewUser, users: ImportDeps['users']): Promise<boolean> {
  try {
    return (await users.find(idOf(name))) !== undefined
  } catch (error) {
    if (error instanceof RecordDamaged) return true
    throw error
  }
}

async function add({ at, user }: Line, { users, now }: ImportDeps): Promise<void> {
  try {
    if ((await users.create(user, now())) === undefined)
      throw new Error('Its name was taken meanwhile')
  } catch (cause) {
    const { message } = cause as Error
    const state = `All lines before line ${at} are imported, and none behind it`
    throw new Error(`Cannot import line ${at}: ${message}. ${state}`, { cause })
  }
}

const mostSaid = 20

function sayProblems(problems: readonly Problem[]): string {
  const inOrder = [...problems].sort((one, other) => one.at - other.at)
  const said = inOrder.slice(0, mostSaid).map(({ at, problem }) => `  line ${at}: ${problem}`)
  const left = problems.length - said.length
  const more = left > 0 ? [`  and ${left} more`] : []
  return ['Cannot import these lines, so nothing is imported:', ...said, ...more].join('\n')
}
