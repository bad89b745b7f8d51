// Plainly made-up mails, as .eml files of this machine.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Desk } from '../desk'
import { runJob } from './go'

const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`

function eml(id: number, name: string, subject: string, text: string, extra = ''): string {
  const minute = String(10 + id).padStart(2, '0')
  return [
    `From: ${word(name)} <sample${id}@example.cn>`,
    'To: office@example.cn',
    `Subject: ${word(subject)}`,
    `Date: Tue, 24 Nov 2026 09:${minute}:00 +0800`,
    `Message-ID: <sample-${id}@example.cn>`,
    'MIME-Version: 1.0',
    `${extra}Content-Type: text/plain; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '',
  ].join('\r\n')
}

export const mails = [
  eml(
    1,
    '李样本',
    '关于健身房拒绝退费的投诉',
    '投诉人：李样本\n联系电话：13900000001\n地址：云江市样本路 1 号\n\n被投诉人：云江样本健身有限公司\n地址：云江市样本路 88 号\n\n我于 2026 年 9 月办了年卡 2980 元，门店 11 月 1 日关门停业，多次联系要求退费，对方以合同约定为由拒绝。\n\n诉求：退还剩余费用 2480 元，并书面答复。\n\n此致\n李样本',
  ),
  eml(
    2,
    '陈样本',
    '小区电梯长期停运',
    '您好，我是样本小区 3 号楼住户陈样本，电话 13900000002。三号楼电梯停了二十天，物业（云江样本物业服务有限公司）一直不修，家里有老人。请你们督促物业尽快维修。',
  ),
  eml(3, '自动回复', '自动回复：外出', '我正在出差，回来后回复。', 'Auto-Submitted: auto-replied\r\n'),
  eml(4, '广告样本', '发票代开优惠', '各类发票，量大从优。'),
]

/** Reads mails in as the officer would by dropping them on the window, and waits for the job's end. */
export async function importMails(desk: Desk, texts: string[]): Promise<void> {
  const folder = join(desk.folder, 'mails')
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (const [i, text] of texts.entries()) {
    const path = join(folder, `mail-${i}.eml`)
    await writeFile(path, text)
    paths.push(path)
  }
  await runJob(desk.page, 'Mail', 'StartImportFiles', paths)
}

/** An administrative matter, the kind a 处理决定书 is for. */
export const complaint = eml(
  9,
  '周样本',
  '关于三号楼电梯长期停运的投诉',
  '投诉人：周样本\n联系电话：13900000009\n地址：云江市样本路 9 号 3 号楼\n\n被投诉人：云江样本电梯维保有限公司\n地址：云江市样本路 66 号\n\n三号楼电梯自 2026 年 11 月 3 日起停运，多次报修未果，楼内有行动不便的老人。\n\n诉求：责令限期修复三号楼电梯，并书面答复处理结果。\n\n此致\n周样本',
)
