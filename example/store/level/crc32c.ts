/** CRC-32C (RFC 3720, appendix B.4) of these bytes, or of what `before` is the sum of and then these. */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let sum = ~before
  for (const byte of bytes) sum = (sum >>> 8) ^ remainders.getUint32(4 * ((sum ^ byte) & 0xff))
  return ~sum >>> 0
}

// `crc32` of node:zlib has another polynomial. One byte at a time is fast enough: see files.ts.
const remainders = new DataView(new ArrayBuffer(4 * 256))
for (let byte = 0; byte < 256; byte += 1) {
  let remainder = byte
  for (let bit = 0; bit < 8; bit += 1)
    remainder = (remainder >>> 1) ^ (0x82f63b78 * (remainder & 1))
  remainders.setUint32(4 * byte, remainder)
}

/** Whether LevelDB would store `stored` as the checksum `sum`: it stores sums turned and shifted. */
export function storedAs(sum: number, stored: number): boolean {
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0 === stored
}
