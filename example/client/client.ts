// A client of the issuer, for pages and for programs. It needs `fetch` and nothing else, so it may be copied as it stands.
// It never asks a clock: whether a token is still good is said by the API that gets it. So a clock that is an hour ahead
// or behind changes nothing.

/** What is kept of a sign-in. The access token is missing until the first call needs one. */
export interface SignIn {
  readonly refreshToken: string
  readonly accessToken?: string
}

/** Where a sign-in is kept: in memory, unless you have a better place. */
export interface SignInStore {
  get(): SignIn | undefined | Promise<SignIn | undefined>
  set(signIn: SignIn): unknown
  remove(): unknown
  /** Where several tabs share it: does work of one name at a time, in all of them. */
  lock?<T>(name: 'renewal' | 'change', work: () => Promise<T>): Promise<T>
}

/** The issuer has said no, or nobody has signed in: show the form. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

/** The issuer did not say yes or no: nobody is signed out by that. Try again later. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError'
  /** `undefined` where no answer came. */
  readonly status: number | undefined
  /** `Retry-After` as it came: seconds, or a date. */
  readonly retryAfter: string | undefined

  constructor(reason: string, from: { response?: Response | undefined; cause?: unknown }) {
    super(`Cannot ask the issuer: ${reason}`, { cause: from.cause })
    this.status = from.response?.status
    this.retryAfter = from.response?.headers.get('retry-after') ?? undefined
  }
}

/** The API has answered with a status that is not 2xx. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string

  constructor({ status, headers }: Response, body: string) {
    super(`The API has answered with the status ${status}`)
    this.status = status
    this.retryAfter = headers.get('retry-after') ?? undefined
    this.body = body
  }
}

export interface ClientOptions {
  /** The address of the issuer. Refresh tokens go there, and nowhere else. */
  readonly issuer: string
  readonly namespace: string
  /** The APIs that may see an access token, by their origins. An address without one belongs to the first. */
  readonly apis: readonly [string, ...string[]]
  readonly store?: SignInStore
  readonly fetch?: typeof fetch
  /** How long the issuer may take to answer. */
  readonly timeoutMilliseconds?: number
}

/** Signs in, calls APIs with a token, gets another when one is refused, and signs out. */
export function createClient(options: ClientOptions) {
  const { issuer, namespace, apis, store = memoryStore(), timeoutMilliseconds = 10_000 } = options
  const send = options.fetch ?? fetch
  const origins = new Set(apis.map((api) => new URL(api).origin))
  const renewals = new Map<string, Promise<SignIn>>()
  const oneByOne = inTurn()
  let signIns = 0

  /** Reads and writes the store with nobody in between. */
  function change<T>(work: () => Promise<T>): Promise<T> {
    return store.lock === undefined ? oneByOne(work) : store.lock('change', work)
  }

  async function ask(path: string, fields: object): Promise<{ token?: unknown }> {
    let response: Response | undefined
    let answer: { token?: unknown; error_description?: string }
    try {
      response = await send(`${issuer}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ namespace, ...fields }),
        credentials: 'omit',
        redirect: 'error', // a password or a refresh token follows nobody to another address
        signal: AbortSignal.timeout(timeoutMilliseconds),
      })
      answer = JSON.parse(await response.text())
    } catch (cause) {
      const reason = response === undefined ? 'it does not answer' : 'its answer cannot be read'
      throw new IssuerError(reason, { response, cause })
    }
    if (response.ok) return answer
    const reason = answer.error_description ?? `its status is ${response.status}`
    throw response.status === 401 ? new SignInNeeded(reason) : new IssuerError(reason, { response })
  }

  async function askForToken(path: string, fields: object): Promise<string> {
    const { token } = await ask(path, fields)
    if (typeof token === 'string') return token
    throw new IssuerError('its answer has no token', {})
  }

  /** One request to the issuer, however many calls were refused with this token. */
  function renewed(held: SignIn): Promise<SignIn> {
    const failed = held.accessToken ?? held.refreshToken
    const found = renewals.get(failed)
    if (found !== undefined) return found
    const work = () => renew(held)
    const locked = store.lock === undefined ? work() : store.lock('renewal', work)
    const renewal = locked.finally(() => renewals.delete(failed))
    renewals.set(failed, renewal)
    return renewal
  }

  async function renew(held: SignIn): Promise<SignIn> {
    const { refreshToken } = held
    const kept = sameSignIn(await store.get(), held)
    // Another call has brought a new one, or another tab.
    if (kept.accessToken !== undefined && kept.accessToken !== held.accessToken) return kept
    try {
      const accessToken = await askForToken('/token/access', { refresh_token: refreshToken })
      const renewed = { refreshToken, accessToken }
      await change(async () => {
        sameSignIn(await store.get(), held)
        await store.set(renewed)
      })
      return renewed
    } catch (error) {
      if (error instanceof SignInNeeded) await forget(held)
      throw error
    }
  }

  /** Forgets this sign-in, and no other that may have taken its place. */
  function forget(held: SignIn): Promise<void> {
    return change(async () => {
      if ((await store.get())?.refreshToken === held.refreshToken) await store.remove()
    })
  }

  /** Signs in. Whoever was signed in before is forgotten at once, also when this fails. */
  async function login(username: string, password: string): Promise<void> {
    signIns += 1
    const mine = signIns
    await change(async () => store.remove())
    const refreshToken = await askForToken('/token/refresh', { username, password })
    await change(async () => {
      if (mine !== signIns) throw new SignInNeeded('Another sign-in or a sign-out came after this')
      await store.set({ refreshToken })
    })
  }

  /** Forgets the sign-in, and ends it at the issuer. Where that cannot be told, the error says so: forgotten it is all the same. */
  async function logout(): Promise<void> {
    signIns += 1
    let held: SignIn | undefined
    try {
      await change(async () => {
        held = await store.get()
        await store.remove()
      })
    } finally {
      // Also where the store cannot forget it: what stays there is good for nothing then.
      if (held !== undefined) await ask('/token/revoke', { refresh_token: held.refreshToken })
    }
  }

  function sendWith({ accessToken }: SignIn, url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${accessToken}`)
    // Redirects are not followed: where one leads is not for the API to choose, while it carries a token.
    const redirect = init.redirect === 'manual' ? 'manual' : 'error'
    return send(url, { ...init, headers, redirect })
  }

  /**
   * `fetch` with a token. After a 401 it gets another token and asks once more; a body that was a stream is gone by
   * then, so its 401 comes through, and the next call has a new token.
   */
  async function callApi(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, apis[0])
    if (!origins.has(url.origin))
      throw new TypeError(`Cannot call ${url.origin}: it is none of the APIs that were named`)
    const kept = await store.get()
    if (kept === undefined) throw new SignInNeeded('Nobody is signed in')
    const held = kept.accessToken === undefined ? await renewed(kept) : kept
    const response = await sendWith(held, url, init)
    if (response.status !== 401) return response
    const again = isReplayable(init.body)
    if (again) await response.body?.cancel() // frees its connection
    const next = await renewed(held)
    return again ? await sendWith(next, url, init) : response
  }

  /** JSON there and JSON back; an empty answer is `undefined`. @throws ApiError where the status is not 2xx */
  async function json(method: string, url: string | URL, body?: unknown): Promise<unknown> {
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const headers = { accept: 'application/json', ...type }
    const response = await callApi(url, { method, headers, ...given })
    const text = await response.text()
    if (!response.ok) throw new ApiError(response, text)
    return text === '' ? undefined : JSON.parse(text)
  }

  return {
    login,
    logout,
    fetch: callApi,
    get: (url: string | URL) => json('GET', url),
    post: (url: string | URL, body?: unknown) => json('POST', url, body),
    put: (url: string | URL, body?: unknown) => json('PUT', url, body),
    patch: (url: string | URL, body?: unknown) => json('PATCH', url, body),
    delete: (url: string | URL) => json('DELETE', url),
  }
}

/** What began as one user goes on as that user, or not at all. */
function sameSignIn(kept: SignIn | undefined, held: SignIn): SignIn {
  if (kept?.refreshToken === held.refreshToken) return kept
  throw new SignInNeeded('The sign-in has ended meanwhile')
}

function isReplayable(body: unknown): boolean {
  if (body === undefined || body === null || typeof body === 'string') return true
  const kinds = [Blob, FormData, URLSearchParams, ArrayBuffer]
  return ArrayBuffer.isView(body) || kinds.some((kind) => body instanceof kind)
}

/** Gone with the page, and out of reach for the scripts of another. */
function memoryStore(): SignInStore {
  let kept: SignIn | undefined
  return {
    get: () => kept,
    set(signIn) {
      kept = signIn
    },
    remove() {
      kept = undefined
    },
  }
}

function inTurn() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
}
