import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { securityHeaders } from '../http/headers.ts'
import { type contentTypes, reply } from '../http/reply.ts'
import type { Routes } from '../http/router.ts'

/** A page that uses the client: the client as it stands, without its types. No browser reads those, and nothing is built before. */
export function pageRoutes({ issuer, namespace }: { issuer: string; namespace: string }): Routes {
  const { code } = transformSync(read('client.ts'), { loader: 'ts', target: 'es2022' })
  const policy = [
    "default-src 'none'",
    "script-src 'self'; style-src 'self'; img-src data:", // the empty icon
    `connect-src 'self' ${new URL(issuer).origin}`, // a script that got in all the same could send nothing elsewhere
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ]
  const headers = { ...securityHeaders, 'content-security-policy': policy.join('; ') }
  const file = (type: keyof typeof contentTypes, body: string) => ({
    GET: async (...[, res]: Parameters<NonNullable<Routes[string]['GET']>>) =>
      reply(res, { status: 200, type, body, headers }),
  })
  return {
    '/': file('html', read('page/index.html')),
    '/style.css': file('css', read('../server/views/style.css')),
    '/page.js': file('js', read('page/page.js')),
    '/client.js': file('js', code),
    '/where.json': file('json', JSON.stringify({ issuer, namespace })),
  }
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
