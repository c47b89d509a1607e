import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { temporaryFolder } from '../support/folder.ts'
import { recordStoreContract } from './record-store.ts'

recordStoreContract(t, {
  place(t) {
    const folder = temporaryFolder(t)
    return () => openStore(`level:${folder}/records`)
  },
  sweeps: true,
  persists: true,
})
