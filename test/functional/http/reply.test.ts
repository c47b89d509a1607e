import t from 'tap'
import { securityHeaders } from '../../../example/http/headers.ts'
import { contentTypes, reply } from '../../../example/http/reply.ts'
import { MockResponse } from '../../support/mock-http.ts'

t.test('reply()', async (t) => {
  t.test('sends one whole answer with the security headers and its length', async (t) => {
    const res = new MockResponse()
    reply(res, { status: 201, type: 'text', body: 'made' })
    t.strictSame(
      { ...res },
      {
        status: 201,
        headers: {
          ...securityHeaders,
          'content-type': 'text/plain; charset=utf-8',
          'content-length': '4',
        },
        body: 'made',
        ended: true,
      },
    )
  })

  t.test('counts the length in bytes', async (t) => {
    const res = new MockResponse()
    reply(res, { status: 200, type: 'text', body: '😀é' })
    t.equal(res.headers['content-length'], '6')
  })

  t.test('adds the headers of the answer, which win', async (t) => {
    const res = new MockResponse()
    const headers = { 'set-cookie': 'a=b', 'cache-control': 'max-age=60' }
    reply(res, { status: 200, type: 'css', body: '', headers })
    t.equal(res.headers['set-cookie'], 'a=b')
    t.equal(res.headers['cache-control'], 'max-age=60')
  })

  t.test('every type says that it is UTF-8', async (t) => {
    for (const [type, header] of Object.entries(contentTypes))
      t.match(header, /^[a-z]+\/[a-z+]+; charset=utf-8$/, type)
  })
})
