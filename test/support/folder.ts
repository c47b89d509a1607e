import type { Test } from 'tap'

/**
 * A folder of this test, with these files. It goes when all that the test began has ended: with
 * `t.testdir()` alone it goes first, under the feet of whatever still writes there.
 */
export function temporaryFolder(t: Test, files: Parameters<Test['testdir']>[0] = {}): string {
  t.teardown(() => {}) // tap removes a folder after the teardowns only when there was one before it
  return t.testdir(files)
}
