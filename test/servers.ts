import { together } from './support/together.ts'

await together('servers')
