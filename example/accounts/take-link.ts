import { countedBy } from '../http/client-address.ts'
import type { HttpRequest } from '../http/types.ts'
import type { TakeAttempt } from '../password/take-attempt.ts'

/** Who asks for links is counted, and for whom: nobody fills the mailbox of another. */
export async function takeLinkOf(
  req: HttpRequest,
  id: string,
  deps: { takeLink: TakeAttempt; addressOf: (req: HttpRequest) => string },
): Promise<void> {
  await deps.takeLink(`link from ${countedBy(deps.addressOf(req))}`)
  await deps.takeLink(`link to ${id}`)
}
