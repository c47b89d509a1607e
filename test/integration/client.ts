import type { Test } from 'tap'

/**
 * What a program does with this server, in three calls: the token comes in a header and goes back in one. Each call has a
 * connection of its own, for one that is kept may be that of a process which was killed.
 */
const connection = 'close'

export const demo = { username: 'masterbuilder', password: 'itsnosecret' }

/** Signs in and gives the token. */
export async function signIn(url: string, account = demo): Promise<string> {
  const res = await fetch(`${url}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection },
    body: JSON.stringify(account),
  })
  await res.text()
  const token = res.headers.get('authorization')
  if (token === null) throw new Error(`Cannot sign in: the server answered ${res.status}`)
  return token
}

/** Asks for the private page and gives the status. */
export async function visit(url: string, token: string): Promise<number> {
  const res = await fetch(`${url}/private`, {
    headers: { authorization: `Bearer ${token}`, connection },
  })
  await res.text()
  return res.status
}

/** Signs out and gives the status. */
export async function signOut(url: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, connection }
  const res = await fetch(`${url}/logout`, { method: 'POST', headers })
  await res.text()
  return res.status
}

/** A whole visit: in, around, out, and refused from then on. */
export async function wholeVisit(t: Test, url: string): Promise<void> {
  const token = await signIn(url)
  t.equal(await visit(url, token), 200)
  t.equal(await signOut(url, token), 200)
  t.equal(await visit(url, token), 401)
}
