// Readers of JSON agree on what a double keeps, and on integers up to 2^53 alone (RFC 8259 §6). Whatever else a number says is
// gone once it is read, so it is looked at as it is written: `1e-400` would be 0, and 0.12345678901234567890 would end sooner.

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

/** Whether there is a number in this JSON whose value a double does not keep. */
export function hasLostNumber(json: string): boolean {
  const found = json.match(stringOrNumber) ?? []
  return found.some((token) => !token.startsWith('"') && isLost(token))
}

function isLost(written: string): boolean {
  const value = Number(written)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return true
  // As short as can be, or with all of its digits: both are how a double is written.
  const kept = [JSON.stringify(value), value.toPrecision(17)].map(plain)
  return !kept.includes(plain(written))
}

/** `1.10`, `11e-1` and `0.11E1` are one number: without the zeros that say nothing all are `11e-1`. */
function plain(number: string): string {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e')
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.') // a sign is never lost
  const digits = `${whole}${part}`.replace(/^0+/, '')
  const said = digits.replace(/(?<!0)0+$/, '')
  return said && `${said}e${Number(exponent) - part.length + digits.length - said.length}`
}
