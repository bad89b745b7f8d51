import { afterAll, beforeAll, test } from 'vitest'
import { Desk } from './desk'
import { press } from './models/keys'
for (const dark of [false, true]) {
  const n = dark ? 'd' : 'l'
  let desk: Desk
  test('shots ' + n, async () => {
    desk = await Desk.start({ dark })
    const { page } = desk
    await page.getByRole('button', { name: '先看示例数据' }).click()
    await page.getByRole('grid', { name: '待办' }).waitFor()
    for (const [path, name] of [['/work','work'],['/cases','cases'],['/register','register'],['/mail','mail'],['/letters','letters'],['/share','share'],['/settings/office','office'],['/settings/regimes','regimes'],['/settings/calendar','calendar'],['/settings/keep','keep']]) {
      await page.evaluate((to) => (location.hash = to!), path)
      await page.waitForTimeout(path === '/letters' ? 1800 : 800)
      await desk.shot(`zz-${n}-${name}`)
    }
    await page.evaluate(() => (location.hash = '/work'))
    await page.locator('[role=row][aria-selected=true]').waitFor()
    await press(page, 'Enter')
    await page.getByRole('tab', { name: '时间线' }).waitFor()
    await page.waitForTimeout(500)
    await desk.shot(`zz-${n}-case`)
    await press(page, 'a')
    await page.waitForTimeout(700)
    await desk.shot(`zz-${n}-accept`)
    await press(page, 'Escape')
    await page.waitForTimeout(400)
    await press(page, 'Control+k')
    await page.waitForTimeout(500)
    await desk.shot(`zz-${n}-palette`)
    await press(page, 'Escape')
    await press(page, '?')
    await page.waitForTimeout(500)
    await desk.shot(`zz-${n}-keys`)
    await press(page, 'Escape')
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.evaluate(() => (location.hash = '/work'))
    await page.waitForTimeout(500)
    await desk.shot(`zz-${n}-1280`)
    await page.setViewportSize({ width: 1100, height: 700 })
    await page.waitForTimeout(500)
    await desk.shot(`zz-${n}-1100`)
    await desk.stop()
  }, 90000)
}
