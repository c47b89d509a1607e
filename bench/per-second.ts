import { type Spread, spreadOf } from './spread.ts'

/** How often in a quarter of a second, once it is warm. */
async function perSecond(work: () => unknown): Promise<number> {
  for (let n = 0; n < 20; n += 1) await work()
  const begin = performance.now()
  let done = 0
  while (performance.now() - begin < 250) {
    await work()
    done += 1
  }
  return (done * 1000) / (performance.now() - begin)
}

/** How much more often than the other, in each round: one after the other each time, so that a slow minute hurts them alike. */
export async function ratios(
  rounds: number,
  ours: () => unknown,
  theirs: () => unknown,
): Promise<Spread> {
  const all: number[] = []
  for (let round = 0; round < rounds; round += 1)
    all.push((await perSecond(ours)) / (await perSecond(theirs)))
  return spreadOf(all)
}

export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
