import { wanted } from '../http/accept.ts'
import { challenge } from '../http/bearer.ts'
import { reply } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import { sendError } from '../server/problem.ts'

const codes = {
  401: 'invalid_grant',
  409: 'conflict',
  422: 'refused',
} as const

/** A refusal that whoever asked can mend: every problem by its field, on the form again or as an error object. */
export function refuse(
  req: HttpRequest,
  res: HttpResponse,
  refusal: {
    status: 401 | 409 | 422
    problems: readonly string[]
    /** The form again, with what is wrong, and with which fields. */
    page: (message: string, wrong: readonly string[]) => string
  },
): void {
  const { status, problems, page } = refusal
  const headers = status === 401 ? challenge() : {} // RFC 9110 §15.5.2: a 401 has one
  if (wanted(req.headers.accept) !== 'html')
    return sendError(res, status, codes[status], problems.join('; '), headers)
  const wrong = problems.flatMap((problem) => named.exec(problem)?.[1] ?? [])
  const body = page(problems.map(asSentence).join(' '), wrong)
  reply(res, { status, type: 'html', body, headers })
}

const named = /^(\w+): /

/** `password: must have 8 characters` for programs, `The password must have 8 characters.` for people. */
function asSentence(problem: string): string {
  const said = problem.replace(named, (_, field) => `The ${says[field] ?? field} `)
  return `${said}.`
}

const says: Readonly<Record<string, string>> = {
  username: 'user name',
  current_password: 'current password',
  new_password: 'new password',
}
