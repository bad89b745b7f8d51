import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { axe } from './axe'
import { Desk } from './desk'
import { addRow, choose, openAction, select, send, settled, text, toField } from './models/action'
import { fill, press } from './models/keys'
import { complaint, importMails } from './models/mail'
import { callGo } from './models/go'
import { backToCase, issueLetter } from './models/letter'
import { firstRun } from './models/setup'

// The main job with the keyboard alone: 邮件 → 登记 → 受理 → 受理通知书 → 处理决定书 → 办结.
let desk: Desk
beforeAll(async () => {
  desk = await Desk.start({ dark: true })
  await firstRun(desk)
  await importMails(desk, [complaint])
  // The office as letters name it, which is filled in once and not per case.
  const { profile } = await callGo<{ profile: object }>(desk.page, 'Settings', 'Profile')
  const more = {
    capacity: 'agency',
    phone: '0999-1234567',
    address: '云江市样本路 1 号',
    department: '投诉受理室',
  }
  await callGo(desk.page, 'Settings', 'SetProfile', { ...profile, ...more })
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

const stage = () => desk.page.locator('[aria-current=step]').first().innerText()

async function fillDecision(page: Page): Promise<void> {
  await choose(page, '争议性质', '行政管理事项')
  await text(page, '被投诉人的意见', '未提供')
  await text(page, '认定的事实', '三号楼电梯自十一月三日起停运，至检查之日未修复。')
  await addRow(page, '证据')
  await text(page, '编号', '1')
  await text(page, '证据名称', '现场检查笔录')
  await text(page, '来源', '本单位制作')
  await text(page, '证明什么', '电梯停运')
  await text(page, '理由', '维保单位未按规定及时排除故障，请求限期修复的，予以支持。')
  await text(page, '法律依据', '《中华人民共和国特种设备安全法》第四十五条')
  await text(page, '职权依据', '《中华人民共和国特种设备安全法》第五条')
  await addRow(page, '决定事项')
  await text(page, '决定内容', '责令限期修复三号楼电梯')
  await text(page, '由谁履行', '云江样本电梯维保有限公司')
  await text(page, '履行方式和期限', '收到决定书之日起五日内修复，修复后书面报告。')
}

test('registered from the mail', async () => {
  const { page } = desk
  await press(page, 'g', 'm')
  await page.getByRole('article', { name: '邮件正文' }).waitFor()
  await page.getByRole('listbox', { name: '邮件' }).focus()
  await press(page, 'Enter')
  await page
    .getByText(/已登记 YJ01/)
    .first()
    .waitFor()
  await press(page, 'g', 'w')
  await page.getByRole('grid', { name: '待办' }).waitFor()
  await page.locator('[role=row][aria-selected=true]').waitFor()
  await press(page, 'Enter')
  await page.getByRole('tab', { name: '时间线' }).waitFor()
  expect(await stage()).toContain('已登记')
})

test('accepted by the key A', async () => {
  const { page } = desk
  await press(page, 'a')
  await settled(page)
  await desk.shot('20-accept')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.waitForTimeout(200)
  await desk.shot('21-accept-missing')
  await choose(page, '投诉内容符合法律、法规规定', '是')
  await choose(page, '投诉事实具体，涉及当事人的合法权益', '是')
  await text(page, '受理部门', '投诉受理室')
  await desk.shot('22-accept-filled')
  await send(desk)
  await page.waitForTimeout(300)
  await desk.shot('23-accepted')
  expect(await stage()).toContain('已受理')
})

test('the notice of acceptance takes its number and is laid out on paper', async () => {
  await issueLetter(desk, '受理通知书')
  await desk.shot('27-acceptance')
  await backToCase(desk)
  expect(await desk.page.locator('.line li').first().innerText()).toContain('受理通知书')
})

test('assigned, investigated', async () => {
  const { page } = desk
  await openAction(desk, '交办')
  await text(page, '承办人', '王样本')
  await send(desk)
  await openAction(desk, '调查核实')
  await toField(page, '调查方式')
  await press(page, 'Space')
  await text(page, '调查核实情况', '现场查看三号楼电梯，确认停运；向维保单位调取维保记录。')
  await desk.shot('24-investigate')
  await send(desk)
  await page.waitForTimeout(200)
  expect(await stage()).toContain('调查')
})

test('decided: the grounds, the evidence and each item', async () => {
  const { page } = desk
  await press(page, 'd')
  await settled(page)
  await fillDecision(page)
  await desk.shot('25-decide')
  await send(desk)
  await page.waitForTimeout(200)
  expect(await stage()).toContain('待告知')
})

test('taken back by Ctrl+Z', async () => {
  const { page } = desk
  await press(page, 'Control+z')
  await page.getByText('已撤销').first().waitFor()
  await page.waitForTimeout(300)
  expect(await stage()).toContain('调查')
  await desk.shot('26-undone')
})

test('decided again: what was written is offered again', async () => {
  const { page } = desk
  await press(page, 'd')
  await settled(page)
  await desk.shot('28-decide-again')
  await fillDecision(page)
  await send(desk)
  await page.waitForTimeout(200)
  expect(await stage()).toContain('待告知')
})

test('what the mail did not say is corrected by F2', async () => {
  const { page } = desk
  await press(page, 'F2')
  await page.locator('.n-drawer').waitFor()
  await page.waitForTimeout(200)
  await fill(page, '地址', '云江市样本路 66 号')
  await fill(page, '更正理由', '投诉人补充')
  await desk.shot('31-edit')
  await send(desk)
})

test('the decision takes its number', async () => {
  await issueLetter(desk, '处理决定书')
  await desk.shot('29-decision')
  await backToCase(desk)
})

test('told, disclosed, closed', async () => {
  const { page } = desk
  await openAction(desk, '告知投诉人')
  await select(page, '告知方式', '邮寄送达')
  await send(desk)
  await openAction(desk, '公示决定')
  await choose(page, '公示决定', '公示')
  await text(page, '公示内容摘要', '三号楼电梯停运，已责令限期修复。')
  await text(page, '公示期', '2026-11-25 至 2026-12-02，办公场所公示栏')
  await send(desk)
  await openAction(desk, '办结')
  await send(desk)
  await page.waitForTimeout(300)
  await desk.shot('30-closed')
  expect(await stage()).toContain('已办结')
})
