import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

type Run = (program: string, args: string[], options: SpawnOptions) => ChildProcess

/**
 * Opens a file, named from `root`, in the reader's editor or browser, or a page of ours in the browser, and waits for
 * nothing: `onFailed` hears of it when nothing here can.
 */
export function openFile(
  { root, file }: { readonly root: string; readonly file: string },
  onFailed: () => void,
  { platform = process.platform as string, env = process.env, run = spawn as Run } = {},
): void {
  const options: SpawnOptions = {
    cwd: root,
    env,
    stdio: 'ignore',
    detached: platform !== 'win32', // without our terminal, since some would draw the page there
    windowsHide: true,
  }
  tryInTurn(openersOf(platform, env, file))

  function tryInTurn([opener, ...others]: readonly Opener[]): void {
    if (opener === undefined) return onFailed()
    const [program, ...args] = opener
    let over = false
    const fail = () => {
      if (!over) tryInTurn(others)
      over = true
    }
    run(program, args, options)
      .once('error', fail)
      .once('exit', (code) => code !== null && code !== 0 && fail())
      .unref()
  }
}

type Opener = readonly [program: string, ...args: string[]]

/** What may open it, the best first: the editor whose terminal this is, then the way of the system. */
function openersOf(platform: string, { TERM_PROGRAM }: NodeJS.ProcessEnv, file: string): Opener[] {
  const isPage = file.startsWith('http://localhost:')
  const editor: Opener[] = TERM_PROGRAM === 'vscode' && !isPage ? [['code', file]] : []
  if (platform !== 'win32') return [...editor, [platform === 'darwin' ? 'open' : 'xdg-open', file]]
  // There both are words of the shell. A path from the root holds no sign that this one would obey.
  const words = [...editor, ['start', '', file]]
  const own = (word: string) => (isPage ? word : word.replaceAll('/', '\\'))
  return words.map((line) => ['cmd', '/d', '/c', ...line.map(own)])
}
