import type { Test } from 'tap'

type Settings = Readonly<Record<string, string | undefined>>

/** Has these settings in the environment for the rest of a test; `undefined` takes one out. */
export function environment(t: Test, settings: Settings): void {
  const before = Object.keys(settings).map((name) => [name, process.env[name]])
  t.teardown(() => set(Object.fromEntries(before)))
  set(settings)
}

function set(settings: Settings): void {
  for (const [name, value] of Object.entries(settings))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
}
