import t from 'tap'
import { encrypting, inTurns, signing } from '../../../example/issuer/key-kinds.ts'
import { namespace, testIssuer } from '../../support/issuer.ts'

t.test('keys of one type are made one at a time, whatever they are for', async (t) => {
  const server = await testIssuer()
  const encryption = { alg: 'RSA-OAEP-256', curve: 'P-256', enc: 'A256GCM' } as const
  const curves = await namespace(server, 'curves')
  const rsa = { ...curves, alg: 'RS256', encryption } as const
  const begun: Array<() => void> = []
  const fresh = () =>
    new Promise<{ n: number }>((resolve) => void begun.push(() => resolve({ n: begun.length })))
  const inTurn = inTurns()
  const signs = inTurn({ ...signing, fresh })
  const encrypts = inTurn({ ...encrypting, fresh })

  const first = signs.fresh(rsa)
  const second = encrypts.fresh(rsa)
  t.equal(begun.length, 1, 'the second waits')
  const other = signs.fresh(curves)
  t.equal(begun.length, 2, 'one of another type does not')
  begun[0]?.()
  await first
  t.equal(begun.length, 3)
  for (const end of begun.slice(1)) end()
  t.same(await Promise.all([second, other]), [{ n: 3 }, { n: 3 }])
})
