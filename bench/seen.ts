/** What has come from a screen or a page since the last act. */
export class Seen {
  text = ''
  #from = performance.now()
  #onData = () => {}

  add(data: string): void {
    this.text += data
    this.#onData()
  }

  /** From this act, or else from the beginning, until the text is there. */
  async secondsUntil(text: string | RegExp, act?: () => void): Promise<number> {
    if (act !== undefined) {
      this.#from = performance.now()
      this.text = ''
      act()
    }
    await new Promise<void>((resolve, reject) => {
      const never = () => reject(new Error(`${text} never came:\n${this.text}`))
      const late = setTimeout(never, 30_000)
      this.#onData = () => {
        if (!(typeof text === 'string' ? this.text.includes(text) : text.test(this.text))) return
        clearTimeout(late)
        resolve()
      }
      this.#onData()
    })
    return (performance.now() - this.#from) / 1000
  }
}
