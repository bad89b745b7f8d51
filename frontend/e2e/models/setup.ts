// First run, through its three steps.
import type { Desk } from '../desk'
import { fill, press, tabTo } from './keys'

export const password = 'sample-desk-2026'
export const officer = '王样本'

/** Goes through the first run and gives the recovery code. */
export async function firstRun(desk: Desk, code = 'YJ01'): Promise<string> {
  const { page } = desk
  await page.getByRole('button', { name: '开始设置' }).waitFor()
  await desk.shot('01-welcome')
  await press(page, 'Control+Enter')
  await page.getByLabel('单位代码').waitFor()
  await page.getByLabel('单位代码').focus()
  await page.keyboard.insertText(code)
  await fill(page, '单位名称', '云江市样本监督管理所')
  await fill(page, '本人姓名', officer)
  await fill(page, '密码', password)
  await fill(page, '再输一次密码', password)
  await fill(page, '落款机关', '云江市样本监督管理局')
  await fill(page, '机关代字', '云样监')
  await fill(page, '复议机关', '云江市样本人民政府')
  await fill(page, '诉讼法院', '云江市样本人民法院')
  await desk.shot('02-office')
  await press(page, 'Control+Enter')
  await page.getByRole('radio').first().waitFor()
  await desk.shot('03-regime')
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
  await page.getByRole('radio', { name: /各级政府/ }).focus()
  await press(page, 'Space', 'Control+Enter')
  await page.getByText('投诉邮箱').first().waitFor()
  await desk.shot('04-share')
  await press(page, 'Control+Enter')
  await page.getByText('恢复单已打印或抄录').waitFor()
  await desk.shot('05-recovery')
  const recovery = (await page.locator('.slip .code').textContent()) ?? ''
  await tabTo(page, '恢复单已打印或抄录')
  await press(page, 'Space')
  await tabTo(page, '下一步')
  await press(page, 'Enter')
  await tabTo(page, '进入工作台')
  await desk.shot('06-finish')
  await press(page, 'Enter')
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  return recovery
}
