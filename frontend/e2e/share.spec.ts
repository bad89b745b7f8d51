// Two offices on one folder: founding, joining, admitting, and one matter decided twice.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axe } from './axe'
import { Desk } from './desk'
import { callGo, runJob } from './models/go'
import { press } from './models/keys'
import { firstRun } from './models/setup'

let first: Desk
let second: Desk
let folder: string
beforeAll(async () => {
  first = await Desk.start()
  await firstRun(first)
  second = await Desk.start()
  await firstRun(second, 'YJ02')
  folder = join(first.folder, 'shared')
  await mkdir(folder)
})
afterAll(async () => {
  await second?.stop()
  await first?.stop()
})
afterEach(() => {
  first.check()
  second.check()
})

const acceptance = {
  cond_lawful: true,
  cond_specific: true,
  accept_at: '2026-11-24',
  accept_department: '样本信访科',
}

const sync = async (desk: Desk) => {
  await runJob(desk.page, 'Share', 'StartSync')
}
const open = async (desk: Desk, path: string, heading: string) => {
  await desk.page.evaluate((to) => (location.hash = to), path)
  await desk.page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
  await desk.page.waitForTimeout(400)
}

test('an office founds a space on its folder', async () => {
  const { page } = first
  await open(first, '/share', '同步状态')
  await page.getByRole('radio', { name: /新建共享空间/ }).check()
  await page.getByRole('textbox', { name: '共享文件夹' }).fill(folder)
  await page.getByRole('button', { name: '建立共享空间' }).click()
  await page.getByRole('heading', { name: '各网点' }).waitFor()
})

test('another joins by invitation and says that it waits', async () => {
  const invitation = join(first.folder, 'invitation.file')
  await callGo(first.page, 'Share', 'Invite', invitation)
  const { page } = second
  await open(second, '/share', '同步状态')
  await page.getByRole('radio', { name: /加入已有空间/ }).check()
  await page.getByRole('textbox', { name: '共享文件夹' }).fill(folder)
  await page.getByRole('textbox', { name: '邀请文件' }).fill(invitation)
  await page.getByRole('button', { name: '提出加入申请' }).click()
  await page.getByText('等待接纳').first().waitFor()
  await page.waitForTimeout(300)
  await second.shot('70-share-waiting')
  expect(await axe(page)).toEqual([])
})

test('after a round each sees the other', async () => {
  await sync(first)
  await sync(second)
  await sync(first)
  await open(first, '/settings/about', '接诉')
  await open(first, '/share', '同步状态')
  await first.shot('71-share')
  expect(await axe(first.page)).toEqual([])
  expect(await first.page.getByRole('row').count()).toBe(3)
})

/** Rounds until the case is there; one that waits for the key comes a round later. */
async function arrives(desk: Desk, number: string) {
  for (let round = 0; ; round++) {
    await sync(desk)
    try {
      await callGo(desk.page, 'Cases', 'Show', number)
      return
    } catch (thrown) {
      if (round === 5) throw thrown
      await desk.page.waitForTimeout(500)
      await sync(first)
    }
  }
}

test('one matter decided twice is put before a person', async () => {
  const made = await callGo<{ number: string }>(first.page, 'Cases', 'Register', {
    regime: 'cn.gov.general',
    matter: 'complaint',
    channel: 'oral',
    received_at: '2026-11-24T09:00:00+08:00',
    complainant: { name: '李样本', phone: '13900000001' },
    respondent: { name: '云江样本物业服务有限公司' },
    request: '限期修复电梯',
    facts: '电梯停运二十天',
    category: '',
    fields: {},
  })
  await sync(first)
  await arrives(second, made.number)
  for (const desk of [first, second]) {
    await callGo(desk.page, 'Cases', 'Act', { case: made.number, action: 'accept', fields: acceptance })
  }
  await sync(first)
  await sync(second)
  await sync(first)
  await open(first, '/share/conflicts', '冲突')
  await first.page.getByRole('option').first().waitFor()
  await first.shot('72-conflict')
  expect(await axe(first.page)).toEqual([])
})

test('nothing is written until 完成; then the matter is settled', async () => {
  const { page } = first
  await page.getByRole('listbox', { name: '冲突列表' }).focus()
  await press(page, 'ArrowLeft')
  await press(page, 'Control+Enter')
  await page.getByText('请填写理由').waitFor()
  expect(await callGo<unknown[]>(page, 'Share', 'Contradictions')).toHaveLength(1)
  await page.getByLabel(/理由/).fill('本网点先收到')
  await page.waitForTimeout(200)
  await first.shot('73-conflict-chosen')
  expect(await axe(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.getByText('没有冲突').waitFor()
})
