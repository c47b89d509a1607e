let coming: Promise<void> | undefined

/**
 * Resolves when whatever has come in this turn of the event loop has been read. One promise for all who ask in it: so their
 * answers are written one after the other, and a client of many connections, such as a proxy, is woken once for all of them.
 */
export function endOfTurn(): Promise<void> {
  coming ??= new Promise((resolve) => {
    setImmediate(() => {
      coming = undefined // who comes now waits for the next
      resolve()
    })
  })
  return coming
}
