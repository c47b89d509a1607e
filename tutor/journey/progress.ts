import { renameSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { ownFolder } from './attempt.ts'
import { makeFolder, readOwnFile, replaceFile } from './own-file.ts'

const version = 1

const numericDate = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const Progress = v.object({
  version: v.literal(version),
  /** The lesson that the guide shows, by the name of its folder. */
  current: v.fallback(v.optional(v.string()), undefined),
  /** `passed` stays once it was reached; `skipped` until it is passed after all. */
  lessons: entriesOf(v.picklist(['passed', 'skipped'])),
  /** How many hints of a lesson have been opened. */
  hints: v.optional(entriesOf(v.pipe(v.number(), v.integer(), v.minValue(0))), {}),
  /** What kept a lesson from passing when it was judged last, and since when, in seconds since 1970. */
  stuck: v.optional(entriesOf(v.object({ on: v.string(), since: numericDate }))),
})

export type Progress = v.InferOutput<typeof Progress>

export interface ReadProgress {
  /** Absent where nothing can be read: there is no file, or it is damaged. */
  readonly progress?: Progress
  /** What there is to say about the file, if anything. */
  readonly notice?: string
}

const file = `${ownFolder}/progress.json`

export const noProgress: Progress = { version, lessons: {}, hints: {} }

/**
 * What the learner has done so far. A damaged file is put aside, never written over.
 * @throws Error when a newer guide wrote it: only that one can continue it
 */
export function readProgress(root: string): ReadProgress {
  const path = join(root, file)
  const text = readOwnFile(path)
  if (text === undefined) return {}
  const value = parseJson(text)
  if (isNewer(value))
    throw new Error(
      `Cannot continue: ${file} was written by a newer guide. Update this repository with git pull, or move the file away.`,
    )
  const parsed = v.safeParse(Progress, value)
  if (parsed.success) return { progress: parsed.output }
  const aside = `${ownFolder}/progress.damaged-${Date.now()}.json`
  renameSync(path, join(root, aside))
  return {
    notice: `${file} could not be read. It is kept as ${aside}. Your exercises are untouched: npm run learn check N marks lesson N as passed again.`,
  }
}

/** The progress in somebody else's file, which is only looked at; `undefined` where it cannot be read. */
export function parseProgress(text: string): Progress | undefined {
  const parsed = v.safeParse(Progress, parseJson(text))
  return parsed.success ? parsed.output : undefined
}

export function writeProgress(root: string, progress: Progress): void {
  makeFolder(join(root, ownFolder))
  replaceFile(join(root, file), `${JSON.stringify(progress, null, 2)}\n`)
}

/** Entries of one kind: one that is of another kind is dropped, and costs no other. */
function entriesOf<Kind extends v.GenericSchema>(kind: Kind) {
  return v.pipe(
    v.unknown(),
    v.check((entries) => !Array.isArray(entries)),
    v.record(v.string(), v.unknown()),
    v.transform((entries) => {
      const known: Record<string, v.InferOutput<Kind>> = {}
      for (const [name, entry] of Object.entries(entries)) {
        const parsed = v.safeParse(kind, entry)
        if (parsed.success) known[name] = parsed.output
      }
      return known
    }),
  )
}

function isNewer(value: unknown): boolean {
  const parsed = v.safeParse(v.object({ version: v.number() }), value)
  return parsed.success && parsed.output.version > version
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) // some editors put a mark before the text
  } catch {
    return undefined
  }
}
