// The practice desk: sample data in a folder of its own, and the way out.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { press } from './models/keys'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

test('sample data can be looked at before anything is set up', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '先看示例数据' }).click()
  await page.getByRole('region', { name: '练习台' }).waitFor()
  await page.getByRole('grid', { name: '待办' }).waitFor()
  await page.waitForTimeout(500)
  await desk.shot('60-practice')
  expect(await axe(page)).toEqual([])
  await access(join(desk.folder, 'data-practice'))
  await expect(access(join(desk.folder, 'data'))).rejects.toThrow()
})

test('mails wait there, five tasks are offered', async () => {
  const { page } = desk
  await page.getByRole('button', { name: /^练习/ }).click()
  await page.getByText('从示例邮件登记一件投诉').waitFor()
  await page.waitForTimeout(200)
  await desk.shot('61-practice-tasks')
  await page.getByRole('button', { name: '去做' }).first().click()
  await page.getByRole('listbox', { name: '邮件' }).waitFor()
  await page.waitForTimeout(400)
  await desk.shot('62-practice-mail')
  expect(await axe(page)).toEqual([])
  await press(page, 'g', 'l')
  await page.waitForTimeout(1500)
  await desk.shot('63-practice-letters')
  expect(await axe(page)).toEqual([])
})

test('cases are joined, and parted', async () => {
  const { page } = desk
  await press(page, 'g', 'w')
  await page.locator('[role=row][aria-selected=true]').waitFor()
  await press(page, 'Enter')
  await page.getByRole('tab', { name: '时间线' }).waitFor()
  const more = async (label: string) => {
    await page.getByRole('button', { name: '更多办理事项' }).click()
    await page.locator('.n-dropdown-option', { hasText: label }).click()
  }
  const number = await page.evaluate(() => decodeURIComponent(location.hash.split('/').at(-1) ?? ''))
  await more('并案')
  await page.getByRole('dialog', { name: '并案' }).waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.insertText('样本')
  await page.getByRole('option').first().waitFor()
  expect(await page.getByRole('option', { name: number }).count()).toBe(0)
  await page.waitForTimeout(300)
  await desk.shot('64-merge')
  expect(await axe(page)).toEqual([])
  await press(page, 'Enter')
  await page.getByText(`已将 ${number} 并入`).waitFor()
  await page.getByRole('tab', { name: '关联 1' }).waitFor()
  await press(page, 'Control+z')
  await page.getByText('已撤销').first().waitFor()
  await page.getByRole('tab', { name: '关联', exact: true }).waitFor()
  await more('分案')
  await page.getByRole('heading', { name: '分案登记' }).waitFor()
  await page.waitForTimeout(700)
  await desk.shot('65-split')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.getByText(`已从 ${number} 分出`).waitFor()
  await page.getByRole('tab', { name: '关联 1' }).waitFor()
})

test('leaving it leads back to the first run', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '离开练习台' }).click()
  await page.getByRole('button', { name: '开始设置' }).waitFor()
})
