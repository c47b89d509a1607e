import type { Page } from 'playwright-core'

/** The element that has the focus: what it is, and whether a person can see that. */
const focused = (page: Page) =>
  page.evaluate<{ name: string; visible: boolean }>(`(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
    const { id, innerText, tagName, parentElement } = document.activeElement
    const visible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    const name = tagName === 'SUMMARY' ? parentElement.parentElement.id : id
    return { name: name || innerText.split('\\n')[0], visible }
  })()`)

/** The stops of the Tab key until this one, by their ids or their texts. */
export async function tabTo(page: Page, name: string): Promise<string[]> {
  const seen: string[] = []
  while (seen.at(-1) !== name && seen.length < 50) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    seen.push(at.visible ? at.name : `${at.name} (not to be seen)`)
  }
  return seen
}
