// The letters of the case on the screen, by keyboard.
import type { Desk } from '../desk'
import { press } from './keys'

/** From the case to its letters; chooses one, issues it and waits for its number. */
export async function issueLetter(desk: Desk, label: string): Promise<void> {
  const { page } = desk
  await press(page, 'l')
  const side = page.getByRole('complementary', { name: '文书内容与签发' })
  await side.waitFor()
  for (let i = 0; i < 8; i++) {
    if ((await side.locator('h2').innerText()).includes(label)) break
    await press(page, 'j')
    await page.waitForTimeout(80)
  }
  await page.locator('canvas').first().waitFor()
  await desk.shot(`letter-${label}`)
  await press(page, 'Control+p')
  await page.getByRole('button', { name: '签发并取文号' }).waitFor()
  await page.waitForTimeout(60)
  await press(page, 'Enter')
  await side.getByText('已签发').first().waitFor()
  await page.waitForTimeout(400)
}

export async function backToCase(desk: Desk): Promise<void> {
  await press(desk.page, 'Alt+ArrowLeft')
  await desk.page.getByRole('tab', { name: '时间线' }).waitFor()
  await desk.page.waitForTimeout(200)
}
