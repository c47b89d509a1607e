import type { Ask } from '../exchange.ts'

// The requests of lesson 5, in short form. {good} means a good token: each server gets its own.

export const json = 'application/json'
export const form = 'application/x-www-form-urlencoded'
/** The account of the app, as a form. */
export const right = 'username=ada&password=open+sesame'

export function ask(method: string, path: string, headers: Ask['headers'] = {}): Ask {
  return { method, path, headers: { accept: json, ...headers } }
}

export function signIn(type: string, body: string, headers: Ask['headers'] = {}): Ask {
  return { ...ask('POST', '/auth', { 'content-type': type, ...headers }), body }
}

export function open(authorization: string, method = 'GET'): Ask {
  return ask(method, '/private', { authorization })
}

/** The request with this token in place of each {good}. */
export function carrying(token: string, { path = '/', headers = {}, ...rest }: Ask): Ask {
  const put = (text: string) => text.replaceAll('{good}', token)
  const carried = Object.entries(headers).map(([name, value]) => [name, put(value)])
  return { ...rest, path: put(path), headers: Object.fromEntries(carried) }
}
