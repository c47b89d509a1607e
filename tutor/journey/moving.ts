import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { isShipped, keptFile, ownFolder } from './attempt.ts'
import { makeFolder, readOwnFile, replaceFile } from './own-file.ts'
import { Progress, readProgress } from './progress.ts'

const maker = 'learn-json-web-tokens'
const version = 1
const aFile = /^\d\d-[a-z\d-]+\/\w[\w.-]*$/ // in the folder of a lesson: nothing leads out of it

const Packed = v.object({
  maker: v.literal(maker),
  version: v.number(),
  /** By their path below `my/`. */
  files: v.record(v.string(), v.string()),
  progress: v.optional(Progress),
})

type Packed = v.InferOutput<typeof Packed>

/** All that is the learner's own, as the text of one file: what stands in `my/`, and the progress. */
export function pack(root: string): string {
  const folder = join(root, ownFolder)
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const paths = names.map((name) => name.replaceAll('\\', '/')).filter((path) => aFile.test(path))
  const files = paths.sort().flatMap((path) => {
    const text = readOwnFile(join(folder, path))
    return text === undefined ? [] : [[path, text]]
  })
  if (files.length === 0)
    throw new Error(`Cannot export: there is no exercise in ${ownFolder}/ yet`)
  const { progress } = readProgress(root)
  const packed = { maker, version, files: Object.fromEntries(files), progress }
  return `${JSON.stringify(packed, null, 2)}\n`
}

/**
 * Reads what `pack` made.
 * @throws Error where it is something else, or names a file that is none of a lesson's
 */
export function readPacked(text: string, name: string): Packed {
  const parsed = v.safeParse(Packed, parseJson(text.replace(/^\uFEFF/, '')))
  if (!parsed.success)
    throw new Error(`Cannot import ${name}: it was not made by npm run learn export`)
  if (parsed.output.version > version)
    throw new Error(
      `Cannot import ${name}: it was made by a newer guide. Update this repository with git pull`,
    )
  const [stray] = Object.keys(parsed.output.files).filter((path) => !aFile.test(path))
  if (stray !== undefined)
    throw new Error(
      `Cannot import ${name}: it names ${stray}, which is no file of a lesson in ${ownFolder}/`,
    )
  return parsed.output
}

/** Puts the files in their places; what stood there is kept beside them. Gives what was put and kept. */
export function unpack(root: string, { files }: Packed): { put: string[]; kept: string[] } {
  const put: string[] = []
  const kept: string[] = []
  makeFolder(join(root, ownFolder))
  // Exercises last: the name under which an attempt is kept must not be that of one which comes later.
  const paths = Object.keys(files).sort((a, b) => Number(isExercise(a)) - Number(isExercise(b)))
  for (const path of paths) {
    const text = files[path] ?? ''
    const file = `${ownFolder}/${path}`
    makeFolder(join(root, file, '..'))
    const standing = readOwnFile(join(root, file))
    if (standing === text) continue
    const isOwn =
      standing !== undefined &&
      !(isExercise(path) && isShipped(root, { slug: dirname(path) }, standing))
    const aside = isOwn ? keptFile(root, file) : undefined
    replaceFile(join(root, file), text, aside && join(root, aside))
    put.push(file)
    if (aside !== undefined) kept.push(aside)
  }
  return { put, kept }
}

function isExercise(path: string): boolean {
  return path.endsWith('/exercise.ts')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
