import { ownFolder } from './attempt.ts'

const sayings: Readonly<Record<string, string>> = {
  EROFS: 'this disk can only be read',
  EACCES: 'that is not allowed here',
  EPERM: 'that is not allowed here',
  ENOSPC: 'the disk is full',
}

/** One sentence and the way out, where the learner's folder cannot be written; `undefined` for other errors. */
export function sayDiskError(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const saying = sayings[code]
  return (
    saying &&
    `Cannot write to ${ownFolder}/: ${saying}. Put a clone of the repository where you may write, and start there.`
  )
}
