import { reply } from '../../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../../http/types.ts'

/** Who asks, if that is known: for the head of a page alone. */
export type SubjectOf = (req: HttpRequest) => Promise<string | undefined>

/** `GET` of a page that is there for everybody. */
export function pageHandler(
  page: (subject: string | undefined) => string,
  { subjectOf }: { subjectOf: SubjectOf },
): (req: HttpRequest, res: HttpResponse) => Promise<void> {
  return async (req, res) =>
    reply(res, { status: 200, type: 'html', body: page(await subjectOf(req)) })
}
