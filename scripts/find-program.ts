import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first is Chromium without its windows: a test takes a third of the time. */
const browsers = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a program on the PATH: of several names, the first that is there. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/** CHROMIUM_PATH, or the first of the usual names on the PATH, or where a Mac keeps it. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env
  return CHROMIUM_PATH || (findProgram(...browsers) ?? macApplications.find(isExecutable))
}

/** FIREFOX_PATH, or Debian's, or where a Mac keeps it. A plain `firefox` may be a snap, which reaches no file of ours. */
export function findFirefox(): string | undefined {
  const onMac = '/Applications/Firefox.app/Contents/MacOS/firefox'
  return process.env.FIREFOX_PATH || (findProgram('firefox-esr') ?? [onMac].find(isExecutable))
}

/** PYTHON_PATH, or the system's own, which has Debian's packages: one on the PATH may be of a virtual environment. */
export function findPython(): string {
  return process.env.PYTHON_PATH || '/usr/bin/python3'
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
