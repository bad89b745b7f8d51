// A sheet of an action, by keyboard: opened from the palette, filled from top to bottom, sent.
import type { Page } from 'playwright-core'
import type { Desk } from '../desk'
import { press, tabTo, write } from './keys'

/** Opens an action of the case on the screen by its name in the palette. */
export async function openAction(desk: Desk, label: string): Promise<void> {
  const { page } = desk
  await press(page, 'Control+k')
  await write(page, label)
  await page.locator(`[role=option][aria-selected=true][aria-disabled=false]:has-text("${label}")`).waitFor()
  await press(page, 'Enter')
  await page.locator('.n-drawer').getByText(label, { exact: true }).first().waitFor()
  await settled(page)
}

/** The sheet has slid in, and the focus is on its first field, where it has one. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.n-drawer').waitFor()
  await page.waitForFunction(() => {
    const first = document.querySelector('.n-drawer [data-field]')
    return first === null || first.contains(document.activeElement)
  })
  await page.waitForTimeout(150)
}

/** Tab until the focus is inside the field with this label. */
export async function toField(page: Page, label: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const inside = await page.evaluate((wanted) => {
      const field = document.activeElement?.closest('.field')
      return (
        field
          ?.querySelector('.label')
          ?.textContent?.replace(/\*?(必填)?$/, '')
          .trim() === wanted
      )
    }, label)
    if (inside) return
    await press(page, key)
  }
  throw new Error(`the field "${label}" is not to be reached`)
}

/** One of a few choices: arrow keys among radio buttons. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await toField(page, label)
  await press(page, 'Space')
  for (let i = 0; i < 12; i++) {
    const here = await page.evaluate(() => {
      const choice = document.activeElement?.closest('label')
      return (choice?.querySelector('.choice > span') ?? choice)?.textContent?.trim() ?? ''
    })
    if (here === option) return
    await press(page, 'ArrowDown')
  }
  throw new Error(`"${label}" has no choice "${option}"`)
}

/** One of many: the list opens with the arrow, typing narrows it. */
export async function select(page: Page, label: string, option: string): Promise<void> {
  await toField(page, label)
  await press(page, 'ArrowDown')
  await page.waitForTimeout(120)
  await write(page, option)
  await page.locator('.n-base-select-option', { hasText: option }).first().waitFor({ timeout: 5000 })
  await press(page, 'Enter')
}

/** Ticks one box of several. */
export async function tick(page: Page, label: string, option: string): Promise<void> {
  await toField(page, label)
  await tabTo(page, option, { most: 12 }).catch(async () => {
    await toField(page, label)
  })
  await press(page, 'Space')
}

export async function text(page: Page, label: string, words: string): Promise<void> {
  await toField(page, label)
  await press(page, 'Control+a')
  await write(page, words)
}

/** Adds a row to a group of fields; the focus is on its first field then. */
export async function addRow(page: Page, label: string): Promise<void> {
  await tabTo(page, `添加${label}`)
  await press(page, 'Enter')
  await page.waitForTimeout(80)
}

/** Sends the sheet; it must be gone afterwards. */
export async function send(desk: Desk): Promise<void> {
  const sheet = desk.page.locator('.n-drawer')
  await press(desk.page, 'Control+Enter')
  await sheet.waitFor({ state: 'detached', timeout: 5000 }).catch(async () => {
    await desk.shot('stuck')
    throw new Error(`the sheet is still open:\n${await sheet.innerText()}`)
  })
}
