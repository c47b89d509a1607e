import { algorithms } from '../../example/token/algorithms.ts'
import { isAlgorithm } from './given.ts'
import { command, type Line, line } from './paper.ts'

const start = 'npm run --silent inspect <token> --'

/** The way on for somebody who gave no key: the header says of which kind it would have to be. */
export function sayHowToVerify(alg: unknown): Line[] {
  if (alg === 'none') return [line(0, 'There is nothing to verify either: its alg is none.')]
  const secret = !isAlgorithm(alg) || algorithms[alg].keyType === 'secret'
  const pair = !isAlgorithm(alg) || algorithms[alg].keyType !== 'secret'
  return [
    line(0, 'To verify the signature, give the key:'),
    ...(secret ? [command(`${start} --secret TEXT`)] : []),
    ...(pair ? [command(`${start} --key FILE`), command(`${start} --jwks FILE or URL`)] : []),
  ]
}
