import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { recordStoreContract } from './record-store.ts'

recordStoreContract(t, {
  place: () => () => openStore('memory:'),
  sweeps: true,
  persists: false,
})
