import type { Namespace } from './namespace.ts'

/** What administrators see of a namespace. Times are in seconds. */
export function describeNamespace(namespace: Namespace): object {
  const { name, alg, encryption, policy, isOpen, groups, organisations, createdAt } = namespace
  return {
    name,
    alg,
    enc_alg: encryption.alg,
    cont_enc: encryption.enc,
    max_access_ttl: namespace.maxAccessSeconds,
    max_refresh_ttl: namespace.maxRefreshSeconds,
    key_life: namespace.keySeconds,
    refresh_strategy: policy,
    public_endpoint: isOpen,
    groups,
    organisations,
    has_client_token: namespace.clientHash !== undefined,
    created_at: createdAt,
  }
}
