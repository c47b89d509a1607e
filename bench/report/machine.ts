import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import type { Cores } from '../cores.ts'
import { redisVersion } from '../redis.ts'

const packages = [
  'level',
  'ioredis',
  'jsonwebtoken',
  'fastify',
  '@fastify/jwt',
  'express',
  'express-session',
  'connect-redis',
  'redis',
  '@hapi/hapi',
  'hapi-auth-jwt2',
  'autocannon',
]

/** Where the figures come from: they mean nothing without it. */
export function sayMachine(cores: Cores | undefined): string {
  const pinned = cores
    ? `the servers on core ${cores.servers}, the load and Redis on core ${cores.load}`
    : 'nothing is pinned to a core: no `taskset`, or one core'
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}; ${pinned}.`,
    `Node ${process.versions.node}, redis-server ${redisVersion()}, ${packages.map((name) => `${name} ${version(name)}`).join(', ')}.`,
  ].join('\n')
}

function version(name: string): string {
  const [file = name] = ['../', '../../']
    .map((folder) => new URL(`${folder}node_modules/${name}/package.json`, import.meta.url))
    .filter((file) => existsSync(file))
  return JSON.parse(readFileSync(file, 'utf8')).version
}
