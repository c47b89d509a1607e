import t from 'tap'
import { TokenError } from '../../../example/token/errors.ts'

t.test('TokenError', async (t) => {
  t.test('is an Error with the id of a check as its code', async (t) => {
    const error = new TokenError('expiry', 'it has expired')
    t.ok(error instanceof Error)
    t.equal(error.name, 'TokenError')
    t.equal(error.code, 'expiry')
    t.equal(error.message, 'Cannot accept the token: it has expired')
    t.equal(Object.hasOwn(error, 'cause'), false)
  })

  t.test('keeps the cause when there is one', async (t) => {
    const cause = new TypeError('from a library')
    t.equal(new TokenError('signature', 'it does not hold', { cause }).cause, cause)
  })
})
