/** Who signs in: not the account of the lessons, which production refuses. */
export const account = { username: 'ada', password: 'for the benchmark only' }

/** Signs in as a program does and gives back the token. */
export async function signIn(url: string): Promise<string> {
  const res = await fetch(`${url}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  const token = res.headers.get('authorization')
  if (!res.ok || token === null) throw new Error(`Cannot sign in at ${url}: ${res.status}`)
  return token
}

/** The size of the private page in bytes, once it is clear that it comes with the token and not without. */
export async function privatePageBytes(url: string, token: string): Promise<number> {
  const [known, unknown] = await Promise.all([
    fetch(`${url}/private`, { headers: { authorization: `Bearer ${token}` } }),
    fetch(`${url}/private`),
  ])
  if (known.status !== 200 || unknown.status !== 401)
    throw new Error(
      `Cannot use ${url}/private: ${known.status} with the token, ${unknown.status} without`,
    )
  return (await known.arrayBuffer()).byteLength
}
