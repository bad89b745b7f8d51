// An office of one trade after another, and a complaint registered under the rulebook of that trade.
import type { Desk } from '../desk'
import { axe } from '../axe'
import { openAction, select, settled, toField } from './action'
import { callGo } from './go'
import { fill, press } from './keys'
import { chooseRadio } from './register'

/** What the office is decides which rulebooks it is offered. */
export async function becomes(desk: Desk, sector: string, capacity: string): Promise<void> {
  const { profile } = await callGo<{ profile: object }>(desk.page, 'Settings', 'Profile')
  await callGo(desk.page, 'Settings', 'SetProfile', { ...profile, sector, capacity })
}

/** Opens the registration, chooses the rulebook by typing a part of its title, then the channel. */
export async function registerUnder(desk: Desk, title: string, channel: string): Promise<void> {
  const { page } = desk
  await press(page, 'n')
  await page.getByRole('heading', { name: '登记', exact: true }).waitFor()
  await page.waitForFunction(() => document.activeElement?.matches('input[name=channel]'))
  const book = page.getByRole('complementary', { name: '登记提示' }).locator('.book')
  if (!(await book.innerText()).includes(title)) {
    await toField(page, '办法', 'Shift+Tab')
    await select(page, '办法', title)
    await book.getByText(title).waitFor()
  }
  await page.getByRole('radio', { name: channel, exact: true }).waitFor()
  await page.waitForTimeout(200)
  await toChannels(desk)
  await chooseRadio(desk, channel)
}

/** Forward to the row of channels, from wherever the focus is. */
async function toChannels(desk: Desk): Promise<void> {
  const here = () => desk.page.evaluate(() => document.activeElement?.matches('input[name=channel]'))
  for (let i = 0; i < 60 && !(await here()); i++) await press(desk.page, 'Tab')
}

/** Fills fields by their labels from top to bottom. */
export async function fillAll(desk: Desk, values: Record<string, string>): Promise<void> {
  for (const [label, words] of Object.entries(values)) await fill(desk.page, label, words)
}

/** Registers and waits for the page of the case. */
export async function registered(desk: Desk): Promise<void> {
  const { page } = desk
  await press(page, 'Control+Enter')
  await page
    .getByRole('tab', { name: '时间线' })
    .waitFor({ timeout: 8000 })
    .catch(async () => {
      await desk.shot('stuck')
      throw new Error(`not registered: ${(await page.locator('[role=alert]').allInnerTexts()).join(' / ')}`)
    })
  await page.waitForTimeout(150)
}

/** Opens the sheet of an action, looks at it and gives what is wrong with it for whoever cannot see it. */
export async function sheet(desk: Desk, label: string, shot: string): Promise<string[]> {
  await openAction(desk, label)
  await settled(desk.page)
  await desk.shot(shot)
  return axe(desk.page)
}
