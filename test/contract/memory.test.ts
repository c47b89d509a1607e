import t from 'tap'
import { inMemory } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

recordStoreContract(t, inMemory())
