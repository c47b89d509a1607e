import * as v from 'valibot'
import { parseDuration } from '../token/duration.ts'

/** Seconds, written as people do. */
export const duration = (fallback: string) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.transform(parseDuration),
    v.number('must be a duration such as 90s, 10m, 1h30m or 7d'),
  )

export const integer = (fallback: string, lowest: number, highest: number) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.regex(/^\d{1,9}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(lowest, `must be ${lowest} or more`),
    v.maxValue(highest, `must be ${highest} or less`),
  )

/** What `parse` makes of a text; its error says what is wrong. */
export const parsed = <T>(fallback: string, parse: (text: string) => T) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value)
      } catch (error) {
        addIssue({ message: (error as Error).message })
        return NEVER
      }
    }),
  )

/** A text about which nothing bad can be said. */
export const checked = (problemOf: (text: string) => string | undefined) =>
  v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed && problemOf(dataset.value)
      if (message) addIssue({ message })
    }),
  )
