// Mail, letters, exchange and settings: every screen stands, is clean for axe, and answers its keys.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { firstRun } from './models/setup'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
  await firstRun(desk)
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

async function visit(path: string, heading: string, shot: string) {
  await desk.page.evaluate((to) => (location.hash = to), path)
  await desk.page.getByRole('heading', { name: heading }).first().waitFor()
  await desk.page.waitForTimeout(400)
  await desk.shot(shot)
  expect(await axe(desk.page)).toEqual([])
}

test.each([
  ['/settings/office', '人员', '30-office'],
  ['/settings/regimes', '时限', '31-regimes'],
  ['/settings/calendar', '2026 年', '32-calendar'],
  ['/settings/mail', '邮箱', '33-mailboxes'],
  ['/settings/keep', '备份', '34-keep'],
  ['/settings/look', '外观', '35-look'],
  ['/settings/keys', '快捷键一览', '36-keys'],
  ['/settings/about', '接诉', '37-about'],
  ['/share', '同步状态', '38-share-off'],
  ['/share/conflicts', '冲突', '39-conflicts-none'],
  ['/mail', '还没有连接邮箱', '40-mail-empty'],
  ['/letters', '没有待签发的文书', '41-letters-empty'],
])('%s stands and is clean', visit)

test('the first run is over: read again at its address, the page is the work list', async () => {
  const { page } = desk
  await page.evaluate(() => (location.hash = '/setup'))
  await page.getByRole('button', { name: '开始设置' }).waitFor()
  await page.reload()
  await page.waitForFunction(() => location.hash === '#/work')
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
})
