import type { Test } from 'tap'

/** These problems and no others: `t.match` alone passes when there are more of them than patterns. */
export function problemsAre(t: Test, problems: readonly unknown[], expected: readonly unknown[]) {
  t.match(problems, expected)
  t.equal(problems.length, expected.length, `no more than ${expected.length}`)
}
