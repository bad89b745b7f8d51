// The keyboard, as an officer uses it.
import type { Page } from 'playwright-core'

export const press = (page: Page, ...keys: string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

/** Writes into the field that has the focus. Chinese text comes as an input method would put it. */
export async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.insertText(text)
}

/** Tab until the focus is on what begins with this name; fails when it is not to be reached. */
export async function tabTo(
  page: Page,
  name: string,
  how: { back?: boolean; most?: number } = {},
): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < (how.most ?? 60); i++) {
    const here = await focused(page)
    if (i > 0 && here.startsWith(name)) return
    seen.push(here)
    await page.keyboard.press(how.back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`"${name}" is not to be reached by Tab; met: ${seen.join(' | ')}`)
}

/** What the focus is on, as a screen reader would call it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement)) return ''
    const label = at.getAttribute('aria-label')
    if (label) return label
    const id = at.getAttribute('aria-labelledby')
    if (id) return (document.getElementById(id)?.textContent ?? '').trim()
    if (at.id) {
      const own = document.querySelector(`label[for="${CSS.escape(at.id)}"]`)
      if (own) return (own.textContent ?? '').replace(/\*?(必填)?$/, '').trim()
    }
    if (at instanceof HTMLInputElement && at.type === 'radio')
      return (at.closest('label')?.textContent ?? '').trim()
    return (at.textContent ?? '').trim()
  })

export const fill = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name)
  await write(page, text)
}
