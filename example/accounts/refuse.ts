import { wanted } from '../http/accept.ts'
import { reply } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'

const codes: Readonly<Record<number, string>> = {
  401: 'invalid_grant',
  409: 'conflict',
  422: 'refused',
}

/** A refusal that whoever asked can mend: every problem by its field, on the form again or as an error object. */
export function refuse(
  req: HttpRequest,
  res: HttpResponse,
  refusal: {
    status: 401 | 409 | 422
    problems: readonly string[]
    /** The form again, with what is wrong. */
    page: (message: string) => string
  },
): void {
  const { status, problems, page } = refusal
  if (wanted(req.headers.accept) === 'html')
    return reply(res, { status, type: 'html', body: page(problems.map(asSentence).join(' ')) })
  const body = { error: codes[status], error_description: problems.join('; ') }
  reply(res, { status, type: 'json', body: JSON.stringify(body) })
}

/** `password: must have 8 characters` for programs, `The password must have 8 characters.` for people. */
function asSentence(problem: string): string {
  const said = problem.replace(/^(\w+): /, (_, field) => `The ${says[field] ?? field} `)
  return `${said}.`
}

const says: Readonly<Record<string, string>> = {
  username: 'user name',
  current_password: 'current password',
  new_password: 'new password',
}
