import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Types a line with curl in it, as people do; its variables are given. Resolves to the status and the body. */
export async function typed(
  line: string,
  variables: Record<string, string>,
): Promise<[status: number, body: string]> {
  const env = { PATH: process.env.PATH, ...variables }
  const command = line.replace(/^curl /, "curl -s -w '\\n%{http_code}' ")
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env })
  const at = stdout.lastIndexOf('\n')
  return [Number(stdout.slice(at + 1)), stdout.slice(0, at)]
}
