import type { Given } from './types.ts'

/** The host under which a GitHub Codespace forwards this port, as its environment tells; elsewhere `undefined`. */
export function codespaceHost(environment: Given, port: number): string | undefined {
  const { CODESPACE_NAME: name, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: domain } = environment
  return name && domain && `${name}-${port}.${domain}`
}
