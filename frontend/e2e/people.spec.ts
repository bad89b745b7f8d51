// The people of a case, by keyboard: who was told, who complains together, who may see a protected person.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { choose, select, send, settled, text } from './models/action'
import { callGo } from './models/go'
import { press, tabTo, write } from './models/keys'
import { fillRegistration, sample } from './models/register'
import { firstRun, officer } from './models/setup'

let desk: Desk
beforeAll(async () => {
  desk = await Desk.start()
  await firstRun(desk)
  await callGo(desk.page, 'Settings', 'AddOfficer', '赵样本', '', ['receiver'], 'another-sample-2026')
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

/** In China: the program reads every date there, whatever the zone of the machine. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const part = (name: string) => desk.page.getByRole('region', { name, exact: true })

/** Opens the form of a group from the palette. */
async function record(label: string): Promise<void> {
  const { page } = desk
  await press(page, 'Control+k')
  await write(page, `记录：${label}`)
  await page.locator(`[role=option][aria-selected=true]:has-text("记录：${label}")`).waitFor()
  await press(page, 'Enter')
  await settled(page)
}

test('officers are named at registration, and alone see the person', async () => {
  const { page } = desk
  await press(page, 'n')
  await fillRegistration(desk, sample)
  await tabTo(page, '保密', { back: true })
  await press(page, 'Space')
  await page.getByText('登记后只有这些人员可以查看投诉人').waitFor()
  await select(page, '指定人员', officer)
  await press(page, 'Tab')
  await page.locator('.n-base-select-menu').waitFor({ state: 'hidden' }) // while it fades its words are too pale
  await desk.shot('80-named-viewers')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.getByRole('tab', { name: '人员与告知' }).waitFor()
  await page.getByText(`保密：仅 ${officer} 可见`).waitFor()
})

test('an empty tab says what belongs there, and who looked', async () => {
  const { page } = desk
  await press(page, 'Alt+5')
  await part('联系记录').getByText('还没有记录').waitFor()
  await page.getByRole('list', { name: '查看记录' }).getByText(officer).first().waitFor()
  await page.waitForTimeout(300)
  await desk.shot('81-people-empty')
  expect(await axe(page)).toEqual([])
})

test('a contact is refused at its field, written, and taken back', async () => {
  const { page } = desk
  await record('联系记录')
  await text(page, '号码或地址', '13900000000')
  await press(page, 'Control+Enter')
  await page.locator('.n-drawer [role=alert]').first().waitFor()
  await choose(page, '结果', '未接')
  await desk.shot('82-contact')
  expect(await axe(page)).toEqual([])
  await send(desk)
  await part('联系记录').getByText('未接').waitFor()
  expect(await page.getByRole('tab', { name: /人员与告知 1/ }).count()).toBe(1)
  await press(page, 'Control+z')
  await part('联系记录').getByText('还没有记录').waitFor()
})

test('a member is recorded, and leaves', async () => {
  const { page } = desk
  await record('联名投诉人')
  await press(page, 'Control+Enter')
  await page.getByText('未填写姓名').waitFor()
  await text(page, '姓名', '乙样本')
  await text(page, '电话', '13900000009')
  await choose(page, '身份', '代表')
  await send(desk)
  await tabTo(page, '更改联名投诉人 1', { most: 120 })
  await press(page, 'Enter')
  await settled(page)
  await tabTo(page, '年-月-日') // the date opens for writing with Enter
  await press(page, 'Enter')
  await write(page, today())
  await press(page, 'Tab')
  await desk.shot('83-member')
  await send(desk)
  await part('联名投诉人').getByText('退出日期').waitFor()
})

test('a further officer is let see the person', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '增加可见人员' }).click()
  await page.locator('.n-drawer').waitFor()
  await select(page, '可见人员', '赵样本')
  await press(page, 'Tab')
  await desk.shot('84-confide')
  expect(await axe(page)).toEqual([])
  await send(desk)
  await part('保密').getByText(`仅 ${officer}、赵样本 可见`).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('85-people')
  expect(await axe(page)).toEqual([])
})
