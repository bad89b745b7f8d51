// A rulebook is read, compared, edited by line and taken into use; guidance stands where the work is done.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { press } from './models/keys'
import { fillRegistration, sample } from './models/register'
import { firstRun } from './models/setup'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
  await firstRun(desk)
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

const visit = (path: string) => desk.page.evaluate((to) => (location.hash = to), path)

test('a rulebook is read from its purpose to its roles', async () => {
  const { page } = desk
  await page.setViewportSize({ width: 1280, height: 800 })
  await visit('/settings/regimes')
  await page
    .getByRole('link', { name: /各级政府/ })
    .first()
    .click()
  await page.getByRole('heading', { name: '目的和依据' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('90-rulebook')
  const picture = page.getByRole('img').first()
  const size = await picture.boundingBox()
  expect(size && size.x + size.width < 1280).toBe(true)
  // What the drawing says is there in words too.
  const described = await picture.getAttribute('aria-describedby')
  expect(await page.locator(`[id="${described}"] li`).count()).toBeGreaterThan(5)
  expect(await axe(page)).toEqual([])
  await page.getByRole('heading', { name: '文书', exact: true }).scrollIntoViewIfNeeded()
  await desk.shot('91-rulebook-letters')
})

test('a copy is edited: faults stand at their lines, the change is told, the version is taken into use', async () => {
  const { page } = desk
  await page.getByRole('tab', { name: '修改' }).click()
  const text = page.getByLabel('办法文件的文字')
  await text.waitFor()
  await page.getByText('没有问题，可以启用。').waitFor()
  const sound = await text.inputValue()
  await text.fill(sound.replace('title:', 'titel:'))
  await page.getByText(/不认识的项目“titel”/).waitFor()
  await page
    .getByRole('button', { name: /^第 \d+ 行$/ })
    .first()
    .click()
  expect(await page.evaluate(() => document.getSelection()?.toString() ?? '')).toContain('titel')
  await page.waitForTimeout(300)
  await desk.shot('92-rulebook-faults')
  expect(await axe(page)).toEqual([])
  await text.fill(sound)
  await page.getByText('没有问题，可以启用。').waitFor()
  await page.getByLabel('角色编号').fill('clerk')
  await page.getByLabel('角色名称').fill('办事员')
  await page.getByRole('button', { name: '加', exact: true }).click()
  await page.getByRole('button', { name: '看改了什么' }).click()
  await page.getByRole('table', { name: '与其他版本的不同' }).getByText('角色：办事员').waitFor()
  await desk.shot('93-rulebook-changes')
  await page.getByRole('button', { name: '存为新版本并启用' }).click()
  await page.getByText('本单位加入').waitFor()
  await page.getByRole('tab', { name: '与其他版本的不同' }).click()
  await page.getByRole('table', { name: '与其他版本的不同' }).getByText('角色：办事员').waitFor()
  expect(await axe(page)).toEqual([])
})

test('how to receive a complaint is found by the palette', async () => {
  const { page } = desk
  await press(page, 'Control+k')
  await page.keyboard.insertText('jiedai')
  await page.waitForTimeout(300)
  await press(page, 'Enter')
  await page.getByRole('heading', { name: '怎么接待投诉' }).waitFor()
  await page.getByRole('heading', { name: '问清并记下' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('94-reception')
  expect(await axe(page)).toEqual([])
})

test('article and conduct stand beside the forms', async () => {
  const { page } = desk
  await press(page, 'n')
  await fillRegistration(desk, sample)
  await page.getByRole('heading', { name: /接待要求/ }).waitFor()
  await desk.shot('95-register-conduct')
  await press(page, 'Control+Enter')
  await page.getByRole('tab', { name: '时间线' }).waitFor()
  await press(page, 'a')
  await page.locator('.article').first().waitFor()
  await desk.shot('96-action-article')
  expect((await page.locator('.article').first().innerText()).trim()).not.toBe('')
  await press(page, 'Escape')
})

test('it is open to who has not unlocked the desk, and nothing else is', async () => {
  const { page } = desk
  await press(page, 'Control+k')
  await page.keyboard.insertText('锁定')
  await page.waitForTimeout(300)
  await press(page, 'Enter')
  await page.getByRole('button', { name: '怎么接待投诉' }).click()
  await page.getByRole('heading', { name: '问清并记下' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('97-reception-locked')
  expect(await page.getByRole('navigation', { name: '主导航' }).count()).toBe(0)
  expect(await axe(page)).toEqual([])
  await visit('/cases')
  await page.getByRole('button', { name: '进入', exact: true }).waitFor()
})
