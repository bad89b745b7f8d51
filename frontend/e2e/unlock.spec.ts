// The door: a wrong password is told in a sentence, the right one opens, the recovery sheet makes a new one.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { press } from './models/keys'
import { firstRun, password } from './models/setup'

let desk: Desk
let code: string
beforeAll(async () => {
  desk = await Desk.start()
  code = await firstRun(desk)
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

async function lock() {
  const { page } = desk
  await press(page, 'Control+k')
  await page.keyboard.insertText('锁定')
  await page.getByRole('option', { name: /锁定/ }).first().waitFor()
  await press(page, 'Enter')
  await page.getByRole('textbox', { name: '密码', exact: true }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password')
}

test('a wrong password is told, the right one leads back to where one was', async () => {
  const { page } = desk
  await press(page, 'g', 'm')
  await page.getByText('还没有连接邮箱').waitFor()
  await lock()
  await page.keyboard.insertText('not the password')
  await press(page, 'Enter')
  await page.locator('.problem').waitFor()
  await page.waitForTimeout(300)
  await desk.shot('90-unlock-wrong')
  expect(await axe(page)).toEqual([])
  await page.keyboard.insertText(password)
  await press(page, 'Enter')
  await page.getByText('还没有连接邮箱').waitFor()
})

test('the recovery sheet makes a new password', async () => {
  const { page } = desk
  await lock()
  await page.getByRole('button', { name: '忘记密码，用恢复单' }).click()
  await page.getByLabel('恢复码').fill(code)
  await page.getByLabel('新密码').fill('another-sample-2026')
  await page.getByLabel('再输一次').fill('another-sample-2026')
  await desk.shot('91-recover')
  expect(await axe(page)).toEqual([])
  await press(page, 'Enter')
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
})
