import { existsSync } from 'node:fs'
import { readPlainFile } from '../server/plain-file.ts'

const shortest = 12 // characters: whoever copies the store can guess for as long as they like

export const passwordRule = `must have ${shortest} characters or more, and not only spaces`

/** Whether this can be the password of a store. */
export function isPassword(text: string): boolean {
  return text.length >= shortest && text.trim() !== ''
}

/**
 * The password in this file, without its last line end; `undefined` where there is no file. Who may read it is not looked at:
 * what a container is given as a secret can be read by all of its users.
 */
export function readPasswordFile(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  const password = readPlainFile(path).text.replace(/\r?\n$/, '')
  if (isPassword(password) && !password.includes('\n')) return password
  throw new Error(`Cannot use the password in ${path}: it must be one line, and ${passwordRule}`)
}
