// S97, S98: a body that can be read in one way only, or a clear refusal; never a crash, and never a
// field that nobody asked for.
import t from 'tap'
import { appOfAda } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const form = 'application/x-www-form-urlencoded'
const json = 'application/json'
const goodForm = 'username=masterbuilder&password=itsnosecret'
const goodJson = '{"username":"masterbuilder","password":"itsnosecret"}'

async function post(body: string | Buffer, headers: Record<string, string>) {
  const { app, events } = await appOfAda()
  const res = await ask(app, { method: 'POST', url: '/auth', headers, body })
  return { res, events }
}

const types: Array<[contentType: string, body: string, status: number]> = [
  [form, goodForm, 200],
  [`${form}; charset=utf-8`, goodForm, 200],
  [`${form};charset="UTF-8"`, goodForm, 200],
  ['Application/X-WWW-Form-Urlencoded', goodForm, 200],
  [json, goodJson, 200],
  [`${json}; charset=utf-8`, goodJson, 200],
  ['', goodForm, 415],
  ['text/plain', goodForm, 415],
  ['text/plain', goodJson, 415],
  ['text/json', goodJson, 415],
  ['application/jsonp', goodJson, 415],
  ['application/merge-patch+json', goodJson, 415],
  ['multipart/form-data; boundary=x', goodForm, 415],
  ['application/octet-stream', goodForm, 415],
  ['*/*', goodForm, 415],
  [`${json}, ${form}`, goodForm, 415],
  [`text/plain; ${form}`, goodForm, 415],
  [`${form}; charset=utf-16`, goodForm, 415],
  [`${form}; charset=iso-8859-1`, goodForm, 415],
  [`${json}; charset=utf-7`, goodJson, 415],
  [`${form}; charset=utf-8; charset=utf-16`, goodForm, 415],
  [json, goodForm, 400],
  [form, goodJson, 401], // one field with a long name
]

t.test('the media type', async (t) => {
  for (const [type, body, status] of types) {
    const { res } = await post(body, { 'content-type': type })
    t.equal(res.status, status, `${type || 'none'}: ${status}`)
  }
})

t.test('a packed body is not unpacked', async (t) => {
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'GZIP', 'identity, gzip', 'x', '']) {
    const headers = { 'content-type': form, 'content-encoding': encoding }
    t.equal((await post(goodForm, headers)).res.status, 415, encoding)
  }
  const headers = { 'content-type': form, 'content-encoding': 'Identity' }
  t.equal((await post(goodForm, headers)).res.status, 200, 'identity is not packed')
})

const badJson: Record<string, string | Buffer> = {
  'a blank': ' ',
  'half an object': goodJson.slice(0, -5),
  'an object and a half': `${goodJson}{`,
  'two objects': goodJson + goodJson,
  null: 'null',
  true: 'true',
  'a number': '1e999',
  'a text': '"masterbuilder"',
  'a list': `[${goodJson}]`,
  'a comma too many': goodJson.replace('}', ',}'),
  'single quotes': goodJson.replaceAll('"', "'"),
  'a comment': `/* */${goodJson}`,
  'a byte order mark': `\ufeff${goodJson}`,
  'UTF-16': Buffer.from(goodJson, 'utf16le'),
  'bytes that are no text': Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
  'the password twice': goodJson.replace('}', ',"password":"x"}'),
  'the user name twice, once escaped': goodJson.replace('}', ',"usern\\u0061me":"x"}'),
  'eight thousand brackets': `${'['.repeat(8000)}${']'.repeat(8000)}`,
  'eight thousand lists in a field': `{"username":${'['.repeat(8000)}${']'.repeat(8000)}}`,
}

t.test('JSON that is not one object with each name once: 400', async (t) => {
  for (const [what, body] of Object.entries(badJson)) {
    const { res, events } = await post(body, { 'content-type': json })
    t.equal(res.status, 400, what)
    t.strictSame(events, [], 'it is the fault of the client, and not an event of ours')
  }
})

t.test('no body at all is no credentials, whatever its type is said to be: 401', async (t) => {
  for (const type of [form, json, 'text/plain', ''])
    t.equal((await post('', { 'content-type': type })).res.status, 401, type)
})

const badForms: Record<string, [body: string | Buffer, status: number]> = {
  'an ampersand': ['&', 401],
  'no values': ['username&password', 401],
  'the password twice': [`${goodForm}&password=x`, 400],
  'the same password twice': [`${goodForm}&password=itsnosecret`, 400],
  'the user name twice, once escaped': [`${goodForm}&%75sername=x`, 400],
  'a list': [goodForm.replace('password', 'password[]'), 401],
  'a broken escape': ['username=%&password=%zz', 400],
  'escapes that are no UTF-8': ['username=%ff%fe&password=%c0%80', 400],
  'bytes that are no UTF-8': [Buffer.from([0x61, 0x3d, 0xff]), 400],
  'NUL in the name': ['username=master%00builder&password=itsnosecret', 401],
}

t.test('forms', async (t) => {
  for (const [what, [body, status]] of Object.entries(badForms)) {
    const { res } = await post(body, { 'content-type': form })
    t.equal(res.status, status, `${what}: ${status}`)
  }
})

const pollution: Record<string, string> = {
  'the whole answer in __proto__': `{"__proto__":${goodJson}}`,
  'the whole answer in constructor': `{"constructor":{"prototype":${goodJson}}}`,
  'the password in a prototype':
    '{"username":"masterbuilder","__proto__":{"password":"itsnosecret"}}',
  'values that are objects': '{"username":{"length":1},"password":{"$ne":null}}',
  'values that are lists': '{"username":["masterbuilder"],"password":["itsnosecret"]}',
  'numbers and null': '{"username":0,"password":null}',
}

t.test('no field comes from a prototype, and none goes into one', async (t) => {
  for (const [what, body] of Object.entries(pollution)) {
    const { res } = await post(body, { 'content-type': json })
    t.equal(res.status, 401, what)
    t.equal(Reflect.get({}, 'password'), undefined)
  }
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    const more = goodJson.replace('}', `,"${name}":{"admin":true}}`)
    t.equal((await post(more, { 'content-type': json })).res.status, 200, `${name} is left behind`)
    t.equal((await post(`${goodForm}&${name}=1`, { 'content-type': form })).res.status, 200)
    t.equal(Reflect.get({}, 'admin'), undefined)
  }
})
