// The registration screen, by keyboard from the work list.
import type { Desk } from '../desk'
import { fill, press, tabTo, write } from './keys'

export interface Complaint {
  channel: string
  name: string
  phone: string
  respondent: string
  request: string
  facts: string
}

export const sample: Complaint = {
  channel: '口头',
  name: '张三',
  phone: '13900000000',
  respondent: '云江样本电梯维保有限公司',
  request: '请求责令限期修复三号楼电梯，并书面答复处理结果',
  facts: '三号楼电梯自十一月三日起停运，多次报修未果，楼内有行动不便的老人，请依法查处。',
}

/** Fills the form; the focus is on the first field when it opens. */
export async function fillRegistration(desk: Desk, c: Complaint): Promise<void> {
  const { page } = desk
  await page.getByRole('heading', { name: '登记', exact: true }).waitFor()
  await page.getByRole('radio', { name: c.channel, exact: true }).waitFor()
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
  await chooseRadio(desk, c.channel)
  await fill(page, '姓名', c.name)
  await fill(page, '电话', c.phone)
  await fill(page, '名称', c.respondent)
  await fill(page, '诉求', c.request)
  await fill(page, '事实与理由', c.facts)
}

/** Arrow keys within a row of radio buttons until the wanted one is chosen. */
export async function chooseRadio(desk: Desk, label: string): Promise<void> {
  const { page } = desk
  await press(page, 'Space')
  for (let i = 0; i < 12; i++) {
    const here = await page.evaluate(
      () => document.activeElement?.closest('label')?.textContent?.trim() ?? '',
    )
    if (here === label) return
    await press(page, 'ArrowRight')
  }
  throw new Error(`no choice "${label}"`)
}

export { press, tabTo, write }
