// Puts the same questions to every library, as one table. With the name of a row: that row in full.
import { readFileSync } from 'node:fs'
import { libraries } from '../libraries/bare.ts'
import { answersWithPromise, libraryNames, react, recorded } from '../libraries/matrix.ts'
import { blocks, isProbe, type ProbeName, probes } from '../libraries/probes.ts'
import { readable } from '../libraries/tokens.ts'

const row = process.argv.slice(2).join(' ')
if (row === '') await wholeTable()
else if (isProbe(row)) await inFull(row)
else console.log(folded(`There is no row "${row}". The rows: ${Object.keys(probes).join(', ')}`, 0))

async function wholeTable(): Promise<void> {
  for (const [heading, names] of Object.entries(blocks)) {
    line(heading.toUpperCase(), ...libraryNames)
    for (const name of names) {
      const reactions = libraryNames.map((library) => react(libraries[library], probes[name]))
      line(name, ...(await Promise.all(reactions)).map(({ answer }) => answer))
    }
  }
  const promising = libraryNames.filter((library) => answersWithPromise(libraries[library]))
  const versions = recorded.map((name) => `${name} ${versionOf(name)}`)
  console.log(`${versions.join(', ')}; async: ${promising.join(', ')}`)
}

async function inFull(name: ProbeName): Promise<void> {
  const { tries, token } = probes[name]
  console.log(`${tries}.`)
  if (token !== undefined) console.log(folded(readable(token), 0))
  console.log()
  for (const library of libraryNames) {
    const { answer, said = '' } = await react(libraries[library], probes[name])
    console.log(`${library.padEnd(14)}${answer.padEnd(13)}${folded(said, 27)}`.trimEnd())
  }
}

/** Keeps to eighty columns. Text that goes on in a new line begins at this column. */
function folded(text: string, column: number): string {
  const width = new RegExp(`(.{1,${80 - column}})(?: |$)`, 'g')
  return text.replaceAll(width, `$1\n${' '.repeat(column)}`).trimEnd()
}

function line(...cells: readonly string[]): void {
  const widths = [22, 13, 11, 14, 11, 9]
  const padded = cells.map((cell, at) => cell.padEnd(widths[at] ?? 0))
  console.log(padded.join('').trimEnd())
}

function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
  return version
}
