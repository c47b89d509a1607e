import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

/** Reads the whole body, at most `maxBytes` of it. Throws 413 when there is more, 415 when it is packed. */
export async function readBody(req: HttpRequest, maxBytes: number): Promise<Buffer> {
  const { 'content-encoding': encoding = 'identity', 'content-length': length = '0' } = req.headers
  // A compressed body of a kilobyte can be a gigabyte: we ask for nothing that needs one.
  if (encoding.toLowerCase() !== 'identity')
    throw new HttpError(415, 'Cannot read the body: it is compressed', { connection: 'close' })
  if (Number(length) > maxBytes) throw tooLarge(maxBytes)

  const chunks: Buffer[] = []
  let bytes = 0
  // Not `for await`: leaving such a loop early destroys the request, and with it the
  // socket on which the 413 has to travel.
  const reader = req[Symbol.asyncIterator]()
  for (let chunk = await next(reader); !chunk.done; chunk = await next(reader)) {
    bytes += chunk.value.length // counted as they arrive: a chunked body announces no length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk.value)
  }
  return Buffer.concat(chunks)
}

/**
 * The same request, once all of its body is there: so its sender is looked at in the moment in which they act, and not when
 * they began, slowly, to send. It can be read more than once.
 */
export async function whole(req: HttpRequest, maxBytes: number): Promise<HttpRequest> {
  const body = await readBody(req, maxBytes)
  const { method, url, headers, socket } = req
  return {
    method,
    url,
    headers,
    socket,
    async *[Symbol.asyncIterator]() {
      yield body
    },
  }
}

/** Does this request announce a body? */
export function hasBody({ headers }: HttpRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** A client that leaves half-way is no error of ours; nobody is left to hear the answer. */
async function next(reader: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
  try {
    return await reader.next()
  } catch {
    throw new HttpError(400, 'Cannot read the body: it ended half-way', { connection: 'close' })
  }
}

function tooLarge(maxBytes: number): HttpError {
  const message = `Cannot read the body: it is larger than ${maxBytes} bytes`
  return new HttpError(413, message, { connection: 'close' })
}
