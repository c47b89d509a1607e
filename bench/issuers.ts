import { randomBytes } from 'node:crypto'
import { readConfig } from '../example/issuer/config.ts'
import { createParts } from '../example/issuer/parts.ts'
import { openStore } from '../example/store/open.ts'
import { sealed } from '../example/store/sealed.ts'
import { createVault, openVault } from '../example/store/vault.ts'
import { freePort } from '../test/support/redis-process.ts'
import { type ServerProcess, startServer } from './process.ts'

/** The password that opens the stores of one run, which end with it. */
const password = randomBytes(24).toString('base64url')

const environment = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://issuer.example',
  ISSUER_PASSWORD: password,
  LOG_LEVEL: 'silent',
  REQUESTS_PER_SECOND: '1000000',
  REDIS_COMMAND_MILLISECONDS: '5000',
}

/** Our real issuer as in production, with no limit in the way of the load. */
export async function startIssuer(url: string, core: string | undefined): Promise<ServerProcess> {
  const file = new URL('../example/issuer/server.ts', import.meta.url)
  const port = await freePort() // it says where clients find it, and not where it listens
  const env = { ...environment, PORT: String(port), STORE_URL: url }
  return { ...(await startServer(file, core, env)), url: `http://127.0.0.1:${port}` }
}

/** What such a server is made of, in this process, on a store that is sealed as its own is. */
export async function openIssuer(url: string) {
  const opened = await openStore(url)
  const store = sealed(
    opened,
    (await openVault(opened, password)) ?? (await createVault(opened, password)),
  )
  const config = readConfig({ ...environment, STORE_URL: url })
  const now = () => Math.floor(Date.now() / 1000)
  const parts = createParts({ config, store, now, log() {} })
  return { ...parts, store, now, config, close: () => store.close() }
}

export type Issuer = Awaited<ReturnType<typeof openIssuer>>

/** An application as they are by default, where users sign in. */
export const application = (issuer: Issuer, name: string) => ({
  ...issuer.config.defaults,
  name,
  isOpen: true,
  groups: ['staff'],
  organisations: ['acme'],
})

/** Somebody who has signed in to a new application: what they ask for an access token with. */
export async function signedIn(
  issuer: Issuer,
): Promise<{ namespace: string; refresh_token: string }> {
  const { makeNamespace, findPlace, users, grants, tokens, now } = issuer
  const name = 'shop'
  const { nsId } = { ...(await makeNamespace(application(issuer, name))) }
  if (nsId === undefined) throw new Error(`Cannot measure: there is a ${name} already`)
  const given = { nsId, name: 'ada', hash: 'no password', groups: ['staff'] }
  const user = await users.create(given, now())
  const times = { accessSeconds: 900, refreshSeconds: 86_400, goesOn: false }
  const grant = await grants.start({ nsId, subject: 'ada', ...(user && { user }), ...times }, now())
  return { namespace: name, refresh_token: await tokens.refresh(await findPlace(name), grant) }
}

/** Reads an answer to its end: refusals are quick to write, and a figure of them worthless. */
export async function okOrThrow(res: Response): Promise<string> {
  const text = await res.text()
  if (!res.ok) throw new Error(`Cannot measure: ${res.status} came, and ${text}`)
  return text
}
