import { randomInt } from 'node:crypto'
import { Cluster, Redis } from 'ioredis'
import type { RedisUrl } from '../url.ts'
import { Connector, MasterConnector } from './connector.ts'
import { aloneOnCluster, outliveAsking } from './moving.ts'

/** How long we wait for Redis, in milliseconds. */
export interface RedisLimits {
  /** For a connection. */
  readonly connectMilliseconds: number
  /** For the answer to one command. */
  readonly commandMilliseconds: number
}

/** A client that has not connected yet. It never keeps a command for later: what cannot be sent now fails now. */
export function createClient(url: RedisUrl, limits: RedisLimits): Redis | Cluster {
  const shared = connectionOptions(url, limits)
  switch (url.engine) {
    case 'redis':
      return new Redis({
        ...shared,
        ...url.hosts[0],
        db: url.database,
        Connector: MasterConnector,
      })
    case 'redis-sentinel':
      return new Redis({
        ...shared,
        sentinels: [...url.hosts],
        name: url.masterName ?? '',
        db: url.database,
        sentinelRetryStrategy: retryDelay,
        sentinelCommandTimeout: limits.commandMilliseconds, // or one that hangs would keep us from the others
      })
    case 'redis-cluster':
      return outliveAsking(
        new Cluster([...url.hosts], {
          // ASKING and the command after it must not be parted: a node sends what it is given at once.
          redisOptions: { ...shared, enableAutoPipelining: false, Connector },
          lazyConnect: true,
          enableOfflineQueue: false,
          enableAutoPipelining: true,
          autoPipeliningIgnoredCommands: aloneOnCluster,
          clusterRetryStrategy: retryDelay,
          slotsRefreshTimeout: limits.commandMilliseconds,
          slotsRefreshInterval: 5000,
          // A command whose connection was lost may have been run: who sends it again gets the wrong answer.
          retryDelayOnFailover: 0,
          retryDelayOnClusterDown: 0,
          // A Cluster may name its nodes by hosts of its own: a certificate needs the name, not the address.
          ...(url.tls ? { dnsLookup: (address, done) => done(null, address) } : {}),
        }),
      )
  }
}

function connectionOptions(
  { username, password, tls }: RedisUrl,
  { connectMilliseconds, commandMilliseconds }: RedisLimits,
) {
  return {
    lazyConnect: true,
    disableClientInfo: true, // a command that an ACL would have to allow
    connectTimeout: connectMilliseconds,
    // A server that says nothing to a waiting command is hung, or its machine is gone: connect anew.
    socketTimeout: commandMilliseconds,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableAutoPipelining: true,
    // Look-ups travel together already (batch.ts). In pipelines, too, an answer would take a fifth longer.
    autoPipeliningIgnoredCommands: ['mget'],
    retryStrategy: retryDelay,
    maxLoadingRetryTime: longestRetryDelay,
    // The master that we knew has become a replica: the address may lead to another one by now.
    reconnectOnError: (error: Error) => /\bREADONLY\b/.test(error.message),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
  }
}

const longestRetryDelay = 500

/** Milliseconds before another try; the random part keeps many servers from coming back all at once. */
function retryDelay(times: number): number {
  return Math.min(times * 50, longestRetryDelay - 100) + randomInt(100)
}
