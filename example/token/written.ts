const strings = /"(?:[^"\\]|\\.)*"/
const tokens = new RegExp(`${strings.source}|[{}[\\],:]|[^\\s"{}[\\],:]+`, 'g')

/**
 * The members of a JSON object as they are written, but for white space and escapes. Read and
 * written again, 9007199254740993 would be another number, and 1e999 would be null.
 */
export function writtenMembers(object: string): Array<[name: string, value: string]> {
  const members: Array<[string, string]> = []
  let depth = 0
  let name = ''
  let value: string | undefined
  for (const [token] of object.matchAll(tokens)) {
    if (token === '}' || token === ']') depth--
    const ends = depth === 0 || (depth === 1 && token === ',')
    if (ends && value !== undefined) {
      members.push([name, value])
      value = undefined
    } else if (value !== undefined) value += token.startsWith('"') ? respelled(token) : token
    else if (token.startsWith('"')) name = JSON.parse(token)
    else if (token === ':') value = ''
    if (token === '{' || token === '[') depth++
  }
  return members
}

/** A JSON text in lines, indented as JSON.stringify does it, and with its numbers as they are written. */
export function indentWritten(json: string): string {
  let text = ''
  let depth = 0
  let last = ''
  for (const [token] of json.matchAll(tokens)) {
    const opened = last === '{' || last === '['
    const closes = token === '}' || token === ']'
    if (closes) depth--
    if (last === ',' || opened !== closes) text += `\n${'  '.repeat(depth)}`
    text += token.startsWith('"') ? respelled(token) : token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth++
    last = token
  }
  return text
}

function respelled(string: string): string {
  return JSON.stringify(JSON.parse(string))
}
