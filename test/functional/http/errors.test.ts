import t from 'tap'
import { HttpError } from '../../../example/http/errors.ts'

t.test('HttpError', async (t) => {
  t.test('is an error with the status and the headers of its answer', async (t) => {
    const error = new HttpError(429, 'Too many requests', { 'retry-after': '1' })
    const { name, status, message, headers } = error
    t.ok(error instanceof Error)
    t.strictSame(
      { name, status, message, headers },
      {
        name: 'HttpError',
        status: 429,
        message: 'Too many requests',
        headers: { 'retry-after': '1' },
      },
    )
  })

  t.test('needs no headers', async (t) => {
    t.strictSame(new HttpError(404, 'There is no page at this address').headers, {})
  })
})
