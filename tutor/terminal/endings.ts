const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** Calls `end` when this process is told to end, and nothing else ends it then; gives what puts an end to that. */
export function onEnding(end: () => void): () => void {
  for (const signal of endings) process.on(signal, end)
  return () => {
    for (const signal of endings) process.off(signal, end)
  }
}
