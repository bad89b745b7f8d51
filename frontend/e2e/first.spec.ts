import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { press } from './models/keys'
import { fillRegistration, sample } from './models/register'
import { firstRun } from './models/setup'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

test('first run by keyboard', async () => {
  await firstRun(desk)
  await desk.page.getByText('没有待办').waitFor()
  await desk.shot('10-work-empty')
  expect(await axe(desk.page)).toEqual([])
})

test('a complaint is registered by keyboard and opens', async () => {
  const { page } = desk
  await press(page, 'n')
  await fillRegistration(desk, sample)
  await page.waitForTimeout(600)
  await desk.shot('11-register')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.getByRole('tab', { name: '时间线' }).waitFor()
  await page.waitForTimeout(400)
  await desk.shot('12-case')
  expect(await axe(page)).toEqual([])
  expect(await page.locator('h1').innerText()).toContain('张')
})

test('it waits in the work list and is found by the palette', async () => {
  const { page } = desk
  await press(page, 'g', 'w')
  await page.getByRole('grid', { name: '待办' }).waitFor()
  await page.waitForTimeout(400)
  await desk.shot('13-work')
  expect(await axe(page)).toEqual([])
  await press(page, 'g', 'c')
  await page.getByRole('grid', { name: '案件' }).waitFor()
  await page.waitForTimeout(400)
  await desk.shot('14-cases')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+k')
  await page.keyboard.insertText('电梯')
  await page.waitForTimeout(500)
  await desk.shot('15-palette')
  await press(page, 'Escape', 'Shift+?')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('16-keys')
  await press(page, 'Escape')
})
