// 邮件导入 by keyboard: read, check, register, dismiss, join.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { press } from './models/keys'
import { complaint, importMails, mails } from './models/mail'
import { firstRun } from './models/setup'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
  await firstRun(desk)
  await importMails(desk, mails)
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

const chosen = () => desk.page.getByRole('listbox', { name: '邮件' }).locator('[aria-selected=true]')

test('messages wait with what was found in them', async () => {
  const { page } = desk
  await press(page, 'g', 'm')
  await page.getByRole('listbox', { name: '邮件' }).waitFor()
  await page.getByRole('article', { name: '邮件正文' }).waitFor()
  await page.waitForTimeout(400)
  await desk.shot('50-mail')
  expect(await page.getByRole('option').count()).toBe(4)
  expect(await axe(page)).toEqual([])
})

async function choose(word: string) {
  const { page } = desk
  for (let i = 0; i < 4; i++) await press(page, 'k')
  for (let i = 0; i < 4; i++) {
    if ((await chosen().innerText()).includes(word)) break
    await press(page, 'j')
  }
  expect(await chosen().innerText()).toContain(word)
  await page.getByRole('article').getByText(word).first().waitFor()
}

test('a field lights its place in the text, and the place its field', async () => {
  const { page } = desk
  await choose('健身房')
  await page.getByLabel('投诉人', { exact: true }).locator('input').focus()
  await page.locator('mark.on').first().waitFor()
  expect(await page.locator('mark.on').first().innerText()).toContain('李样本')
  await desk.shot('51-mail-lit')
  await page.locator('mark', { hasText: '13900000001' }).hover()
  await page.locator('.line.lit', { hasText: '电话' }).waitFor()
})

test('Enter registers; the next message is there', async () => {
  const { page } = desk
  await page.getByRole('listbox', { name: '邮件' }).focus()
  await press(page, 'Enter')
  await page.waitForTimeout(500)
  await desk.shot('52-mail-registered')
  await page
    .getByText(/已登记 YJ01/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^新邮件\s*3/ }).waitFor()
})

test('E sets aside what is no complaint', async () => {
  const { page } = desk
  await choose('发票代开')
  await press(page, 'e')
  await page.getByRole('dialog', { name: '标为非投诉' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('53-mail-dismiss')
  expect(await axe(page)).toEqual([])
  await press(page, 'Enter')
  await page.getByRole('button', { name: /^非投诉\s*1/ }).waitFor()
})

test('M joins a message to a case', async () => {
  const { page } = desk
  await choose('电梯')
  await press(page, 'm')
  await page.getByRole('dialog', { name: '并入已有案件' }).waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.insertText('健身')
  await page.waitForTimeout(300)
  await page.getByRole('dialog').getByRole('option').first().waitFor()
  await desk.shot('54-mail-join')
  expect(await axe(page)).toEqual([])
  await press(page, 'Enter')
  await page.getByRole('button', { name: /^已并入\s*1/ }).waitFor()
})

test('a rulebook asks its own fields beside the message, a fault lands at its field', async () => {
  const { page } = desk
  await importMails(desk, [complaint])
  await press(page, 'F5')
  await page.getByRole('article').getByText('样本电梯维保').first().waitFor()
  await page.getByLabel('办法', { exact: true }).locator('input').first().click()
  await page.keyboard.insertText('物业')
  await page.locator('.n-base-select-option', { hasText: '物业' }).first().click()
  const own = page.getByRole('group', { name: '本办法另需登记' })
  await own.getByLabel('楼座号').fill('3号楼')
  await own.getByText('其他', { exact: true }).click()
  await press(page, 'Control+Enter')
  await own.getByText('未填写立即上报的情形（请写明）').waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'mail-own-escalation_reason_text')
  await page.waitForTimeout(300)
  await desk.shot('55-mail-own-fields')
  expect(await axe(page)).toEqual([])
  await page.keyboard.insertText('楼内有行动不便的老人')
  await press(page, 'Control+Enter')
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: /^已登记\s*2/ }).click()
  await page.getByRole('link', { name: /^YJ01/ }).first().click()
  await page.getByText('3号楼').first().waitFor()
})
