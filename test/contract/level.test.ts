import t from 'tap'
import { inLevel } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

recordStoreContract(t, inLevel())
