import { encrypting, signing } from '../../example/issuer/key-kinds.ts'
import { createMakeNamespace } from '../../example/issuer/make-namespace.ts'
import { type KeyKind, Rings } from '../../example/issuer/rings.ts'
import type { Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { application, type Issuer, okOrThrow, openIssuer, startIssuer } from '../issuers.ts'
import { fire } from '../load.ts'
import { millisecondsOf, ratios } from '../per-second.ts'
import { progress } from '../progress.ts'
import { atLeast, atMost, type Judged } from '../report/judged.ts'
import { Running } from '../running.ts'
import { spreadOf } from '../spread.ts'

const many = 10_000
const few = 10
const nameOf = (n: number) => `app-${String(n).padStart(5, '0')}`
const keySetOf = (n: number) => `/${nameOf(n)}/.well-known/jwks.json`
const anyOf = (count: number) => nameOf(Math.floor(Math.random() * count))

/** What ten thousand applications cost where there could be ten: a look-up, the first page of a list, and the start. */
export async function measureNamespaces({ servers }: Where, rounds: number): Promise<Judged[]> {
  progress('ten thousand namespaces')
  const running = new Running()
  try {
    const url = `level:${running.add(temporaryFolder()).path}/data`
    const issuer = await openIssuer(url)
    await makeNamespaces(issuer)
    const { findPlace, namespaces } = issuer
    for (let n = 0; n < many; n += 1) await findPlace(nameOf(n))
    const lookUps = await ratios(
      rounds,
      () => findPlace(anyOf(many)),
      () => findPlace(anyOf(few)),
    )
    const pages: number[] = []
    for (let round = 0; round < rounds; round += 1)
      pages.push(await millisecondsOf(() => namespaces.page(undefined, 50)))
    await issuer.close()
    const starts: number[] = []
    for (let round = 0; round < rounds; round += 1) starts.push(await start(url, servers))
    return [
      atLeast('an application and its keys found among 10,000 / among ten', lookUps, 0.8),
      atLeast(
        'the same in a request, for a key set',
        await measureKeySets(url, servers, rounds),
        0.8,
      ),
      atMost('the first page of 10,000', spreadOf(pages), { aim: 50, unit: 'ms' }),
      atMost('from the start with 10,000 to the first answer', spreadOf(starts), {
        aim: 2000,
        unit: 'ms',
      }),
    ]
  } finally {
    await running.stop()
  }
}

/** Each with rings of its own; only the keys in them are the same, since it would take minutes to make as many. */
async function makeNamespaces(issuer: Issuer): Promise<void> {
  const { store, namespaces, now } = issuer
  const make = createMakeNamespace({
    namespaces,
    signingKeys: new Rings(store, ofOneKey(signing)),
    encryptionKeys: new Rings(store, ofOneKey(encrypting)),
    now,
  })
  const step = 100
  for (let n = 0; n < many; n += step) {
    const names = Array.from({ length: step }, (_, m) => nameOf(n + m))
    await Promise.all(names.map((name) => make(application(issuer, name))))
  }
}

function ofOneKey<Key>(kind: KeyKind<Key>): KeyKind<Key> {
  let made: ReturnType<KeyKind<Key>['fresh']> | undefined
  return {
    ...kind,
    fresh(namespace) {
      made ??= kind.fresh(namespace)
      return made
    },
  }
}

async function measureKeySets(url: string, core: string | undefined, rounds: number) {
  const running = new Running()
  try {
    const server = running.add(await startIssuer(url, core))
    await askForAll(server.url)
    const figures: number[] = []
    for (let round = 0; round < rounds; round += 1)
      figures.push(
        (await keySetsPerSecond(server.url, many)) / (await keySetsPerSecond(server.url, few)),
      )
    return spreadOf(figures)
  } finally {
    await running.stop()
  }
}

/** Keys are remembered from the first time on that somebody asks for them. */
async function askForAll(url: string): Promise<void> {
  const step = 100
  for (let n = 0; n < many; n += step) {
    const asked = Array.from({ length: step }, (_, m) => fetch(url + keySetOf(n + m)))
    for (const answer of await Promise.all(asked)) await okOrThrow(answer)
  }
}

/** On twenty connections, which ask for any of so many. */
async function keySetsPerSecond(url: string, count: number): Promise<number> {
  const paths = () =>
    Array.from({ length: 1000 }, () => ({ path: keySetOf(Math.floor(Math.random() * count)) }))
  const answers = await fire('the issuer', {
    url,
    connections: 20,
    duration: 1,
    setupClient: (client) => client.setRequests(paths()),
  })
  return (answers.count / (answers.last - answers.first)) * 1000
}

async function start(url: string, core: string | undefined): Promise<number> {
  const running = new Running()
  try {
    return await millisecondsOf(async () => {
      const server = running.add(await startIssuer(url, core))
      await okOrThrow(await fetch(server.url + keySetOf(many - 1)))
    })
  } finally {
    await running.stop()
  }
}
