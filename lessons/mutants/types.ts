import type { Answer } from '../exchange.ts'

/** Your tests: each name is a promise, and each test gets a server that nobody has used before. */
export type Tests = Readonly<Record<string, Test>>

export type Test = (server: ServerUnderTest) => Promise<void>

export type Headers = Readonly<Record<string, string>>

/** One server, made for one test: its own records, its own clock. */
export interface ServerUnderTest {
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, headers?: Headers, body?: string): Promise<Answer> // the body is a form
  signIn(): Promise<Answer & { token: string; cookie: string }> // both are '' when it fails
  wait(seconds: number): void // its clock stands still until you move it
  breakStore(): void // from here on no session record can be read or written
}
