import t from 'tap'
import { type FieldOptions, readFields } from '../../../example/http/form.ts'
import { mockRequest } from '../../support/mock-http.ts'
import { httpRejectionOf } from '../../support/refusal.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

function read(body: string | Buffer, type?: string, headers: Record<string, string> = {}) {
  const all = { ...headers, ...(type === undefined ? {} : { 'content-type': type }) }
  const req = mockRequest({ method: 'POST', headers: all, body })
  return readFields(req, ['username', 'password'], 100)
}

t.test('readFields() of a form', async (t) => {
  t.test('gives the fields that were asked for', async (t) => {
    const fields = await read('username=ada&password=p%40ss+word', FORM)
    t.strictSame(fields, { username: 'ada', password: 'p@ss word' })
  })

  t.test('reads characters beyond ASCII as UTF-8', async (t) => {
    t.strictSame(await read('username=%C3%A9&password=é', FORM), { username: 'é', password: 'é' })
  })

  t.test('a field that did not come is absent, one without a value is empty', async (t) => {
    t.strictSame(await read('password=', FORM), { password: '' })
  })

  t.test('without a body: no fields, with or without a type', async (t) => {
    for (const type of [FORM, JSON_TYPE, undefined]) t.strictSame(await read('', type), {})
  })

  t.test('what nobody asked for travels no further', async (t) => {
    t.strictSame(await read('admin=1&__proto__=x&username=ada', FORM), { username: 'ada' })
  })

  t.test('a field that came twice: 400', async (t) => {
    const expected = { status: 400, message: 'Cannot read the form: a field came twice' }
    t.hasStrict(await httpRejectionOf(read('username=ada&username=eve', FORM)), expected)
    t.hasStrict(await httpRejectionOf(read('x=1&username=ada&x=1', FORM)), expected)
    t.hasStrict(await httpRejectionOf(read('username=ada&user%6Eame=eve', FORM)), expected)
  })

  t.test('bytes that are not UTF-8: 400', async (t) => {
    const body = Buffer.from([...Buffer.from('username='), 0xff])
    const expected = { status: 400, message: 'Cannot read the form: it is not UTF-8' }
    t.hasStrict(await httpRejectionOf(read(body, FORM)), expected)
  })
})

t.test('readFields() of JSON', async (t) => {
  t.test('gives the fields as they are: their types are for the reader to judge', async (t) => {
    const fields = await read('{"username":"ada","password":[1]}', JSON_TYPE)
    t.strictSame(fields, { username: 'ada', password: [1] })
  })

  t.test('what nobody asked for travels no further', async (t) => {
    const fields = await read('{"__proto__":{"username":"eve"},"admin":true}', JSON_TYPE)
    t.strictSame(fields, {})
    t.equal(fields.username, undefined)
  })

  // What else is no JSON object: test/functional/token/json.test.ts.
  const refused = {
    'no JSON': 'username=ada',
    null: 'null',
    'a name twice': '{"username":"ada","username":"eve"}',
    'bytes that are not UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  }
  for (const [what, body] of Object.entries(refused)) {
    t.test(`${what}: 400`, async (t) => {
      t.hasStrict(await httpRejectionOf(read(body, JSON_TYPE)), {
        status: 400,
        message: 'Cannot read the body: it is not a JSON object with each name once',
      })
    })
  }
})

t.test('readFields() and the media type', async (t) => {
  const read200 = [FORM, JSON_TYPE].flatMap((type) => [
    type,
    type.toUpperCase(),
    `${type}; charset=utf-8`,
    `${type};charset="UTF-8"`,
    `${type}; boundary=x`,
  ])
  for (const type of read200) {
    t.test(`${type}: read`, async (t) => {
      const body = type.toLowerCase().startsWith(FORM) ? 'username=ada' : '{"username":"ada"}'
      t.strictSame(await read(body, type), { username: 'ada' })
    })
  }

  const refused = [
    undefined,
    'application/jsonp',
    'application/json+x',
    'text/plain; application/json',
    `${JSON_TYPE}; charset=utf-16`,
    `${FORM}; charset=utf-8x`,
    `${FORM}; charset=utf-8; charset=utf-7`,
  ]
  for (const type of refused) {
    t.test(`${type ?? 'no type'}: 415`, async (t) => {
      t.hasStrict(await httpRejectionOf(read('username=ada', type)), {
        status: 415,
        message:
          'Cannot read the body: send application/x-www-form-urlencoded or application/json in UTF-8',
      })
    })
  }

  t.test('a body above the limit: 413', async (t) => {
    t.equal((await httpRejectionOf(read(`username=${'a'.repeat(100)}`, FORM))).status, 413)
  })

  t.test('a packed body: 415', async (t) => {
    t.equal((await httpRejectionOf(read('x', FORM, { 'content-encoding': 'gzip' }))).status, 415)
  })
})

t.test('readFields() where a route asks for more', async (t) => {
  const readWith = (options: FieldOptions, body: string, type: string) =>
    readFields(
      mockRequest({ method: 'POST', headers: { 'content-type': type }, body }),
      ['username'],
      100,
      options,
    )

  t.test('JSON, whatever the type says', async (t) => {
    for (const type of ['text/plain;charset=UTF-8', FORM, ''])
      t.strictSame(await readWith({ alwaysJson: true }, '{"username":"ada"}', type), {
        username: 'ada',
      })
    const refused = await httpRejectionOf(readWith({ alwaysJson: true }, 'username=ada', FORM))
    t.equal(refused.status, 400, 'and then nothing else')
  })

  t.test('a field that is not known: 400, by name where it is one', async (t) => {
    const known = 'Cannot read the body: it has fields that are not known: '
    t.hasStrict(
      await httpRejectionOf(readWith({ noOthers: true }, 'username=ada&role=ADMIN', FORM)),
      {
        status: 400,
        message: `${known}"role"`,
      },
    )
    const four = '{"username":"ada","a":1,"<b>":2,"c":3,"d":4}'
    t.equal(
      (await httpRejectionOf(readWith({ noOthers: true }, four, JSON_TYPE))).message,
      `${known}"a", another, "c"`,
    )
    t.strictSame(await readWith({ noOthers: true }, 'username=ada', FORM), { username: 'ada' })
  })
})
