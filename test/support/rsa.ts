import { generateKeyPairSync } from 'node:crypto'

/** One RSA key for all tests of a process that are not about drawing one, which takes a tenth of a second. Nobody can change it. */
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
