/** Who signs in: not the account of the lessons, which production refuses. */
export const account = { username: 'ada', password: 'for the benchmark only' }

/** The headers that a signed-in client sends: a token, or the cookie of a session. */
export type Credential = Readonly<Record<string, string>>

/** What a sign-in looks like on the wire. */
export const signInRequest = {
  method: 'POST',
  path: '/auth',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(account),
} as const

/** Signs in as a program does. */
export async function signIn(url: string): Promise<Credential> {
  const res = await fetch(url + signInRequest.path, signInRequest)
  const token = res.headers.get('authorization')
  const [cookie] = res.headers.getSetCookie()
  if (res.ok && token !== null) return bearer(token)
  if (res.ok && cookie !== undefined) return { cookie: cookie.slice(0, cookie.indexOf(';')) }
  throw new Error(`Cannot sign in at ${url}: ${res.status}`)
}

export function bearer(token: string): Credential {
  return { authorization: `Bearer ${token}` }
}

/** The size of a private page in bytes, once it is clear that it comes with the credential and not without. */
export async function privatePageBytes(url: string, credential: Credential): Promise<number> {
  const [known, unknown] = await Promise.all([fetch(url, { headers: credential }), fetch(url)])
  if (known.status !== 200 || unknown.status !== 401)
    throw new Error(
      `Cannot use ${url}: ${known.status} with the credential, ${unknown.status} without`,
    )
  return (await known.arrayBuffer()).byteLength
}
