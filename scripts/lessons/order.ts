import type { Problem } from '../problem.ts'

/** Folders are numbered with two digits, from 1 and without gaps. */
export function numberProblems(slugs: readonly string[]): Problem[] {
  return slugs.flatMap((slug, index) => {
    const file = `lessons/${slug}`
    if (!/^\d\d-[a-z0-9-]+$/.test(slug))
      return [{ file, what: 'is named otherwise than 02-two-or-three-words' }]
    const due = index + 1
    if (Number.parseInt(slug, 10) === due) return []
    return [{ file, what: `is where lesson ${due} belongs: number the lessons without gaps` }]
  })
}

/** Who needs only what comes earlier can never need itself. */
export function needsProblems(
  file: string,
  { number, needs }: { number: number; needs: readonly number[] },
): Problem[] {
  const wrong = needs.filter((need) => need < 1 || need >= number)
  const twice = needs.filter((need, index) => needs.indexOf(need) !== index)
  return [
    ...wrong.map((need) => ({ file, what: `needs lesson ${need}, which is not an earlier one` })),
    ...twice.map((need) => ({ file, what: `needs lesson ${need} twice` })),
  ]
}
