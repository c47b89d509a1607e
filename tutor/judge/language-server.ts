import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import { startNode } from './process-group.ts'

/** What TypeScript says of a place in a file. Lines and characters count from zero. */
export interface Diagnostic {
  /** 1 is an error; the others are advice. */
  readonly severity: number
  readonly code: number
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

const tsc = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'lib/tsc.js',
)

/**
 * TypeScript as editors run it: it stays, and knows what it has read. Its second look at a file takes 15 ms, where
 * tsc takes most of a second. The names are those of the Language Server Protocol.
 */
export class LanguageServer {
  readonly #connection: MessageConnection
  readonly #versions = new Map<string, number>()
  #onSettings: (found: readonly Diagnostic[]) => void = () => {}
  readonly #settings = new Promise<readonly Diagnostic[]>((resolve) => {
    this.#onSettings = resolve
  })

  private constructor(child: ChildProcess) {
    this.#connection = createMessageConnection(
      new StreamMessageReader(child.stdout as Readable),
      new StreamMessageWriter(child.stdin as Writable),
    )
    this.#connection.onRequest(() => null) // it would be told of settings and of files that change
    this.#connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      if (uri.endsWith('tsconfig.json')) this.#onSettings(diagnostics)
    })
    child.once('close', () => this.#connection.dispose()) // whoever waits for an answer waits no longer
    this.#connection.listen()
  }

  /**
   * It runs until the signal ends it.
   * @throws Error when it does not run
   */
  static async start(root: string, signal: AbortSignal): Promise<LanguageServer> {
    const { child } = await startNode([tsc, '--lsp', '--stdio'], {
      signal,
      cwd: root,
      env: { ...process.env, GOMEMLIMIT: '1GiB' }, // from there on it rather slows down
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const server = new LanguageServer(child)
    await server.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: { general: { positionEncodings: ['utf-16'] } },
    })
    await server.#connection.sendNotification('initialized', {})
    return server
  }

  /**
   * What is to be said of a text, as if it stood in that file, and of the settings that hold there.
   * @throws Error when the server ends meanwhile
   */
  async diagnose(
    path: string,
    text: string,
  ): Promise<Record<'ofFile' | 'ofSettings', readonly Diagnostic[]>> {
    const uri = pathToFileURL(path).href
    const version = (this.#versions.get(uri) ?? 0) + 1
    this.#versions.set(uri, version)
    if (version === 1) {
      const textDocument = { uri, languageId: 'typescript', version, text }
      await this.#connection.sendNotification('textDocument/didOpen', { textDocument })
    } else {
      const change = { textDocument: { uri, version }, contentChanges: [{ text }] }
      await this.#connection.sendNotification('textDocument/didChange', change)
    }
    const asked = { textDocument: { uri } }
    const { items } = await this.#connection.sendRequest<{ items: Diagnostic[] }>(
      'textDocument/diagnostic',
      asked,
    )
    return { ofFile: items, ofSettings: await this.#settings }
  }
}
