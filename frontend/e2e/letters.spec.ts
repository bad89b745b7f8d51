// 文书: from what is missing to an issued letter, and its voiding.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { callGo } from './models/go'
import { press } from './models/keys'
import { firstRun } from './models/setup'

let desk: Desk
let number: string
beforeAll(async () => {
  desk = await Desk.start()
  await firstRun(desk)
  const made = await callGo<{ number: string }>(desk.page, 'Cases', 'Register', {
    regime: 'cn.gov.general',
    matter: 'complaint',
    channel: 'oral',
    received_at: '2026-11-24T09:00:00+08:00',
    complainant: { name: '李样本', phone: '13900000001', address: '云江市样本路 1 号' },
    respondent: { name: '云江样本物业服务有限公司' },
    request: '限期修复电梯',
    facts: '电梯停运二十天',
    category: '',
    fields: {},
  })
  number = made.number
  await callGo(desk.page, 'Cases', 'Act', {
    case: number,
    action: 'accept',
    fields: {
      cond_lawful: true,
      cond_specific: true,
      accept_at: '2026-11-24',
      accept_department: '样本信访科',
    },
  })
})
afterAll(() => desk?.stop())
afterEach(() => desk.check())

test('a letter that lacks something says what and leads there', async () => {
  const { page } = desk
  await press(page, 'g', 'l')
  await page.getByRole('listbox', { name: '文书' }).waitFor()
  await page.getByText(/缺 \d+ 项，填齐后可签发/).waitFor()
  await page.waitForTimeout(1200)
  await desk.shot('80-letters')
  expect(await axe(page)).toEqual([])
  expect(await page.getByRole('button', { name: '签发', exact: true }).isDisabled()).toBe(true)
  await page.getByRole('link', { name: '去设置填写' }).first().click()
  await page.getByRole('heading', { name: '救济途径' }).waitFor()
})

test('with the profile filled in it is complete, and shown as paper', async () => {
  const { page } = desk
  const form = await callGo<{ profile: object }>(page, 'Settings', 'Profile')
  await callGo(page, 'Settings', 'SetProfile', {
    ...form.profile,
    capacity: 'agency',
    system: 'general',
    department: '样本信访科',
    address: '云江市样本路 100 号',
    phone: '0000-0000000',
    hours: '工作日 9:00–17:00',
  })
  await page.evaluate(
    (to) => (location.hash = to),
    `/letters?case=${encodeURIComponent(number)}&kind=acceptance`,
  )
  await page.locator('canvas').first().waitFor()
  await page.getByText('齐全').first().waitFor()
  await page.waitForTimeout(1500)
  await desk.shot('81-letter')
  expect(await axe(page)).toEqual([])
  expect(await page.locator('.pages .unseen').first().innerText()).toContain('李样本')
})

test('签发 asks once, then the letter has its number', async () => {
  const { page } = desk
  await press(page, 'Control+p')
  await page.getByRole('button', { name: '签发并取文号' }).waitFor()
  await page.waitForTimeout(300)
  await desk.shot('82-letter-ask')
  await press(page, 'Enter')
  await page
    .getByText(/已签发.*号/)
    .first()
    .waitFor()
  await page.waitForTimeout(1200)
  await desk.shot('83-letter-issued')
  expect(await axe(page)).toEqual([])
})

test('作废 wants a reason; the number stays in sight', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '作废' }).click()
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(300)
  expect(await axe(page)).toEqual([])
  await page.keyboard.insertText('受理部门写错')
  await press(page, 'Control+Enter')
  await page.getByText('已作废').first().waitFor()
  await page.waitForTimeout(800)
  await desk.shot('84-letter-void')
})
