import { HttpError } from '../../example/http/errors.ts'
import { ConfigError } from '../../example/server/read-settings.ts'
import { TokenError } from '../../example/token/errors.ts'
import type { RefusalCode } from '../../example/token/types.ts'

/** The message with which something is refused, or `accepted`. */
export function messageOf<Args extends readonly unknown[]>(
  attempt: (...args: Args) => unknown,
  ...args: Args
): string {
  try {
    attempt(...args)
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** What is wrong with settings that are refused; nothing when they are accepted. */
export function configProblems<Settings>(
  read: (settings: Settings) => unknown,
  settings: Settings,
): readonly string[] {
  try {
    read(settings)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The answer to which an HttpError leads, all of it. */
export function httpRefusalOf(
  attempt: () => unknown,
): Pick<HttpError, 'status' | 'message' | 'headers'> {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { status: error.status, message: error.message, headers: error.headers }
  }
  throw new Error('It was not refused')
}

/** The same of what takes its time. */
export async function httpRejectionOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (error) => error,
  )
  return httpRefusalOf(() => {
    if (error !== undefined) throw error
  })
}

/**
 * The id of the check that refuses a token, or `accepted`. Only a TokenError is a refusal:
 * an error of another class is a hole of its own, so it goes through and the test fails.
 */
export async function codeOf(attempt: Promise<unknown>): Promise<RefusalCode | 'accepted'> {
  try {
    await attempt
    return 'accepted'
  } catch (error) {
    if (error instanceof TokenError) return error.code
    throw error
  }
}
