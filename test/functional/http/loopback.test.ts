import t from 'tap'
import { isLoopbackOrigin, requireLoopbackHost } from '../../../example/http/loopback.ts'
import { mockRequest } from '../../support/mock-http.ts'
import { httpRefusalOf } from '../../support/refusal.ts'

const ask = (host: string | undefined, forwardedHost?: string) =>
  requireLoopbackHost(mockRequest({ headers: host === undefined ? {} : { host } }), forwardedHost)

t.test('requireLoopbackHost() lets pass', async (t) => {
  for (const host of ['localhost', 'localhost:1337', 'LOCALHOST:1', '127.0.0.1:80', '[::1]:1337'])
    t.doesNotThrow(() => ask(host), host)
  t.doesNotThrow(() => ask(undefined), 'who names no host, and so is no browser')
  t.doesNotThrow(() => ask('w-1337.dev.example', 'w-1337.dev.example'), 'a cloud workspace')
})

t.test('requireLoopbackHost() refuses the name of another with 421', async (t) => {
  const others = [
    'evil.example:1337',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
  ]
  for (const host of others) {
    const { status, message } = httpRefusalOf(() => ask(host)) ?? {}
    t.equal(status, 421, host)
    t.ok(message?.startsWith(`Cannot answer for ${host.replace(':1337', '')}: `), message)
    t.match(message, /FORWARDED_HOST/, 'with the way out')
  }
})

t.test('a name that is none is not repeated', async (t) => {
  const { message } = httpRefusalOf(() => ask('<b>')) ?? {}
  t.ok(message?.startsWith('Cannot answer for another name: '))
})

t.test('isLoopbackOrigin()', async (t) => {
  for (const own of ['http://localhost:1337', 'https://127.0.0.1', 'http://[::1]:8080'])
    t.ok(isLoopbackOrigin(own), own)
  for (const other of ['https://jwt.example', 'http://localhost.evil.example', 'localhost', ''])
    t.notOk(isLoopbackOrigin(other), other)
})
