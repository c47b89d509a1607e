import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { recordStoreContract } from './record-store.ts'

recordStoreContract(t, {
  place(t) {
    const folder = t.testdir()
    return () => openStore(`level:${folder}/records`)
  },
  sweeps: true,
  persists: true,
})
