import { type Look, paint } from './look.ts'

/** The line of a file, as it is named from the root, where a stack passes through it first. */
export function placeIn(stack: string, file: string): number | undefined {
  const place = stack.split('\n').find((line) => line.includes(`/${file}:`))
  const line = place?.split(`/${file}:`)[1]?.split(':')[0]
  return line === undefined ? undefined : Number(line)
}

const around = 3

/** Some lines of a file around the one that matters, which is marked. */
export function excerpt(
  text: string,
  { file, line, look }: { file: string; line: number; look: Look },
): string {
  const lines = text.split('\n')
  const first = Math.max(1, line - around)
  const shown = lines.slice(first - 1, line + around)
  const numbered = shown.map((content, index) => {
    const number = first + index
    const cut = content.slice(0, look.columns - 11)
    const numberedLine = `  ${number === line ? '>' : ' '} ${String(number).padStart(4)} ${cut}`
    return number === line ? paint(look, 'strong', numberedLine) : paint(look, 'dim', numberedLine)
  })
  return [paint(look, 'code', `  ${file}:${line}`), ...numbered].join('\n')
}
