import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { told } from './archive.ts'
import { send } from './house.ts'

// What people do with one complaint, from the caller's voice to the rating.

type See = (page: Page) => Promise<void>

export async function department(page: Page, name: string): Promise<void> {
  await page.goto('/organisation/departments')
  await send(page, '', { name })
}

/** CMP-01: by keyboard alone, while the caller speaks; how long it took the machine. */
export async function takeByKeyboard(page: Page, see: See): Promise<{ number: string; seconds: number }> {
  await page.goto('/')
  const began = performance.now()
  await page.keyboard.press('n')
  for (let press = 0; press < 8; press++) {
    if ((await page.locator('a[href="/complaints/new"]:focus').count()) > 0) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/complaints\/new/)
  await page.waitForLoadState('networkidle')
  const type = async (key: string, words: string) => {
    await page.keyboard.press(`Alt+${key}`)
    await page.keyboard.type(words)
  }
  await type('2', '0571-55500123')
  await page.locator('aside', { hasText: '九色鹿冷链物流有限公司' }).waitFor()
  await type('3', '鹿鸣野')
  await page.keyboard.press('Alt+5')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await type('6', '三号冷库门换了封条仍漏风，夜间库温升到零下九度。')
  await type('7', '今天派人到场；按进价赔偿两托盘货')
  await type('8', '4,800.00')
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/complaints\/T\d{10}/)
  const seconds = (performance.now() - began) / 1000
  await see(page)
  return { number: /T\d{10}/.exec(page.url())![0], seconds }
}

/** CMP-07: founded, with its reasons, to the department that answers. */
export async function judge(page: Page, home: string, see: See): Promise<void> {
  await page.goto(`${home}/judgement`)
  await see(page)
  await send(page, '', {
    verdict: 'founded',
    reasonable: 'yes',
    judgement: '封条确实装错型号，有照片为证。',
    departmentId: await optionOf(page, 'departmentId', '售后维修部'),
  })
  expect(await told(page)).toContain('调查')
}

export async function assign(page: Page, home: string, person: string, see: See): Promise<void> {
  await page.goto(`${home}/assignment`)
  await see(page)
  await send(page, '', { ownerId: await optionOf(page, 'ownerId', person) })
  expect(await told(page)).toContain(person)
}

/** CMP-09 */
export async function investigate(page: Page, home: string, see: See): Promise<void> {
  await page.goto(`${home}/investigation`)
  await send(page, '', {
    course: '二月二十日更换封条，次日起夜间漏风。',
    causeKind: 'workmanship',
    cause: '封条型号领错',
    responsible: '许望舒',
    conclusion: '安装质量问题，责任在我方。',
    countermeasure: '换装加厚封条，夜间留人测温。',
    prevention: '领料时按型号扫码核对。',
  })
  expect(await told(page)).toContain('提出方案')
  await see(page)
}

export async function propose(page: Page, home: string, see: See): Promise<void> {
  await page.goto(`${home}/remedy`)
  await see(page)
  await send(page, '', {
    kind1: 'visit',
    text1: '换装加厚封条，夜间留人测温',
    kind2: 'compensation',
    text2: '两托盘冻品按进价，凭入库单',
    amount2: '7,860.00',
    kind3: 'waiver',
    text3: '下次保养免收工时费',
    amount3: '480',
    reason: '先止损，赔偿合理',
  })
}

/** CMP-10: in the inbox, by keyboard. */
export async function approve(page: Page): Promise<void> {
  await page.goto('/approvals?kind=complaint.remedy')
  const number = await page.locator('#request').getAttribute('data-number')
  await page.keyboard.press('a')
  await page.locator('#notice .notice', { hasText: number! }).waitFor()
}

type Word = { purpose: string; words: string; reply?: string }

/** A word with the customer, who was reached. */
export async function ask(page: Page, home: string, { purpose, words, reply }: Word): Promise<void> {
  await page.goto(`${home}/contacts/new?purpose=${purpose}`)
  await send(page, '', { purpose, reached: 'yes', ...(reply ? { reply } : {}), words })
  expect(await told(page)).toContain(words)
}

export async function callBack(page: Page, home: string, see: See): Promise<void> {
  await page.goto(`${home}/call-back`)
  await see(page)
  await send(page, '', { reached: 'yes', satisfied: 'yes', score: '5', words: '客户满意，库温已正常' })
}

/** CMP-11: closed with what was done; answers with the link for the customer. */
export async function close(page: Page, home: string, see: See): Promise<string> {
  await page.goto(`${home}/closing`)
  await see(page)
  await send(page, '', {
    carriedOut: '封条已换，赔偿已付',
    improvement: '领料改为扫码核对，已培训两组',
    summary: '按方案办结，客户满意。',
  })
  const address = /https?:\/\/\S+\/r\/[\w-]+|\/r\/[\w-]+/.exec(await told(page))
  expect(address, await told(page)).not.toBeNull()
  return address![0]
}

/** SAT-03: without an account, once. */
export async function rate(page: Page, link: string, number: string, see: See): Promise<void> {
  const path = link.replace(/^https?:..[^/]+/u, '')
  await page.goto(path)
  await see(page)
  expect(await page.locator('body').innerText()).toContain(number)
  await send(page, '', { score: '5', words: '封条换好了，谢谢' })
  await page.goto(path)
  expect(await page.locator('form[method=post] [name=score]').count()).toBe(0)
}

async function optionOf(page: Page, field: string, word: string): Promise<string> {
  const value = await page.locator(`main [name="${field}"] option`, { hasText: word }).first().getAttribute('value')
  expect(value, `${word} in ${field}`).toBeTruthy()
  return value!
}
