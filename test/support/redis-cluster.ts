import { setTimeout } from 'node:timers/promises'
import { freePort } from './redis-process.ts'
import { type RedisServer, serve, type Teardown } from './redis-server.ts'
import { until } from './until.ts'

export interface RedisCluster {
  readonly url: string
  /** The nodes as they began: a failover changes who is what. */
  readonly masters: RedisServer[]
  readonly replicas: RedisServer[]
  /** Whose key it is now. */
  masterOf(key: string): Promise<RedisServer>
  /** Who copies this one now. */
  replicaOfMaster(master: RedisServer): Promise<RedisServer>
  /** Moves a slot and its keys from one master to another, as `redis-cli --cluster reshard` does. */
  moveSlot(slot: number, from: RedisServer, to: RedisServer): Promise<void>
  end(): Promise<void>
}

/** Starts real nodes and makes a Cluster of them, until the test ends. */
export async function startRedisCluster(
  t: Teardown,
  options: { masters?: number; replicas?: number; args?: string[] } = {},
): Promise<RedisCluster> {
  const { masters: masterCount = 3, replicas: replicasEach = 1, args = [] } = options
  const count = masterCount * (1 + replicasEach)
  const nodes = await Promise.all(Array.from({ length: count }, () => startNode(t, args)))
  const masters = nodes.slice(0, masterCount)
  const replicas = nodes.slice(masterCount)

  await shareSlots(masters.map(({ server }) => server))
  await meet(nodes)
  await Promise.all(
    replicas.map(async ({ server }, index) => {
      const master = masters[index % masterCount]
      if (master) await server.command('CLUSTER', 'REPLICATE', master.id)
    }),
  )
  const servers = nodes.map(({ server }) => server)
  await allAgree(servers, masterCount, replicasEach)

  const idOf = (server: RedisServer) => find(nodes, (node) => node.server === server).id
  return {
    url: `redis-cluster://${masters.map(({ server }) => `127.0.0.1:${server.port}`).join()}`,
    masters: masters.map(({ server }) => server),
    replicas: replicas.map(({ server }) => server),
    async masterOf(key) {
      const slot = Number(
        await Promise.any(servers.map((s) => s.command('CLUSTER', 'KEYSLOT', key))),
      )
      const { id } = await ownerOf(servers, slot)
      return find(nodes, (node) => node.id === id).server
    },
    async replicaOfMaster(master) {
      const views = (await Promise.all(servers.map(viewOf))).flat()
      const copies = views.filter((view) => view.itself && view.masterId === idOf(master))
      return find(nodes, ({ id }) => copies.some((copy) => copy.id === id)).server
    },
    moveSlot: (slot, from, to) =>
      moveSlot(servers, { slot, from, to, fromId: idOf(from), toId: idOf(to) }),
    async end() {
      await Promise.all(servers.map((server) => server.end()))
    },
  }
}

interface Node {
  server: RedisServer
  id: string
  busPort: number
}

async function startNode(t: Teardown, args: string[]): Promise<Node> {
  let busPort = 0
  const server = await serve(t, {
    url: (port) => `redis://127.0.0.1:${port}`,
    settings: async (port) => {
      busPort = await freePort() // by default port + 10000, which need not be free
      return [
        `port ${port}`,
        'cluster-enabled yes',
        `cluster-port ${busPort}`,
        'cluster-node-timeout 1500', // milliseconds until the others think of a failover
        'repl-ping-replica-period 1', // seconds; who has never heard one is not in CLUSTER SLOTS
        'cluster-allow-replica-migration no', // a test wants to know who copies whom
      ]
    },
    args,
  })
  return { server, id: String(await server.command('CLUSTER', 'MYID')), busPort }
}

const slotCount = 16_384

/** Each master takes an equal part of the slots. */
async function shareSlots(masters: RedisServer[]): Promise<void> {
  const firstSlot = (index: number) => Math.floor((index * slotCount) / masters.length)
  await Promise.all(
    masters.map(async (master, index) => {
      const [first, last] = [firstSlot(index), firstSlot(index + 1) - 1]
      await master.command('CLUSTER', 'ADDSLOTSRANGE', String(first), String(last))
      // All begin with epoch 0; to sort that out by themselves takes them a while.
      await master.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1))
    }),
  )
}

/** Everybody meets everybody: to wait for hearsay takes longer. */
async function meet(nodes: Node[]): Promise<void> {
  for (const [index, { server }] of nodes.entries()) {
    for (const { server: other, busPort } of nodes.slice(index + 1)) {
      await server.command('CLUSTER', 'MEET', '127.0.0.1', String(other.port), String(busPort))
    }
  }
  await until(async () => {
    const views = await Promise.all(nodes.map(({ server }) => viewOf(server)))
    return views.every((view) => nodes.every(({ id }) => view.some((node) => node.id === id)))
  }, 'every node of the Cluster knows every other')
}

async function allAgree(servers: RedisServer[], masters: number, replicasEach: number) {
  const agrees = async (server: RedisServer) => {
    const info = String(await server.command('CLUSTER', 'INFO'))
    const ranges = (await server.command('CLUSTER', 'SLOTS')) as unknown[][]
    const link = /master_link_status:(\w+)/.exec(
      String(await server.command('INFO', 'replication')),
    )
    return (
      info.includes('cluster_state:ok') &&
      ranges.length === masters &&
      ranges.every(([_first, _last, ...nodes]) => nodes.length === 1 + replicasEach) &&
      link?.[1] !== 'down'
    )
  }
  await until(
    async () => (await Promise.all(servers.map(agrees))).every(Boolean),
    'every node of the Cluster says that all is well',
  )
}

/** What a node says of another, or of itself. */
interface View {
  id: string
  itself: boolean
  masterId: string
  epoch: number
  has(slot: number): boolean
}

/** What a node says of all; nothing when it does not answer within a second. */
async function viewOf(server: RedisServer): Promise<View[]> {
  const answer = server.command('CLUSTER', 'NODES').catch(() => '')
  const lines = String(await Promise.race([answer, setTimeout(1000, '', { ref: false })]))
  return lines.split('\n').filter(Boolean).map(readView)
}

/** A line of CLUSTER NODES: id, address, flags, id of its master, ping, pong, epoch, link, slots. */
function readView(line: string): View {
  const [id = '', , flags = '', masterId = '', , , epoch, , ...slots] = line.trim().split(' ')
  const ranges = slots
    .filter((range) => !range.startsWith('[')) // a slot on its way
    .map((range) => range.split('-').map(Number))
  return {
    id,
    itself: flags.includes('myself'),
    masterId,
    epoch: Number(epoch),
    has: (slot) => ranges.some(([first = NaN, last = first]) => first <= slot && slot <= last),
  }
}

/** Nodes may differ for a while after a failover: the highest epoch is the latest news. */
async function ownerOf(servers: RedisServer[], slot: number): Promise<View> {
  const views = (await Promise.all(servers.map(viewOf))).flat()
  const [owner] = views.filter((view) => view.has(slot)).sort((a, b) => b.epoch - a.epoch)
  if (owner === undefined) throw new Error(`No node of the Cluster has slot ${slot}`)
  return owner
}

interface Move {
  slot: number
  from: RedisServer
  to: RedisServer
  fromId: string
  toId: string
}

async function moveSlot(servers: RedisServer[], { slot, from, to, fromId, toId }: Move) {
  const setSlot = (server: RedisServer, ...words: string[]) =>
    server.command('CLUSTER', 'SETSLOT', String(slot), ...words)
  await setSlot(to, 'IMPORTING', fromId)
  await setSlot(from, 'MIGRATING', toId)
  for (;;) {
    const keys = await from.command('CLUSTER', 'GETKEYSINSLOT', String(slot), '100')
    if (!Array.isArray(keys) || keys.length === 0) break
    await from.command('MIGRATE', '127.0.0.1', String(to.port), '', '0', '5000', 'KEYS', ...keys)
  }
  // The new owner first: should the old one let go before, nobody would have the slot.
  await setSlot(to, 'NODE', toId)
  await setSlot(from, 'NODE', toId)
  await until(async () => {
    const views = await Promise.all(servers.map(viewOf))
    const answered = views.filter((view) => view.length > 0)
    return answered.every((view) => view.find((node) => node.has(slot))?.id === toId)
  }, `every node of the Cluster knows the new owner of slot ${slot}`)
}

function find(nodes: Node[], isIt: (node: Node) => boolean): Node {
  const node = nodes.find(isIt)
  if (node === undefined) throw new Error('No such node in the Cluster')
  return node
}
