import { describe, expect, it } from 'vitest'
import { acknowledge, openFile, told } from './archive.ts'
import { askHeld, askOver, enterGoods, enterMoney, keepIdentity, recordWhole, ship, signContract } from './credit.ts'
import { chromiumPath, firstPassword, openBrowser, openHouse, send } from './house.ts'
import { comeBack, desktop as window, hire, seen, sign, signIn, type Hired } from './people.ts'

const name = '九色鹿冷链物流有限公司'

describe.skipIf(!chromiumPath)('a customer’s credit', () => {
  it('CRD-06, CRD-07, CRD-08, CRD-10, CRD-13, CRD-16: from the held release over both overrides to the liability', async () => {
    const address = await openHouse({ NODE_ENV: 'development' })
    const browser = await openBrowser(address, window)
    const admin = await signIn(await browser.context(), 'C00001', firstPassword)
    const moveTo = async (moment: string) => {
      await admin.goto('/clock')
      await send(admin, '/clock/to', { moment })
    }
    await moveTo('2026-11-10T10:00')
    await admin.goto('/organisation/company')
    await send(admin, '', { name: '桃源里机电', trade: 'general' })
    const hired = {
      seller: await hire(admin, '陆停云', 'sales'),
      area: await hire(admin, '顾听澜', 'area_manager'),
      director: await hire(admin, '江问渠', 'sales_director'),
      finance: await hire(admin, '钱未晞', 'finance'),
      logistics: await hire(admin, '舟行简', 'logistics'),
      keeper: await hire(admin, '温知非', 'archivist'),
      operator: await hire(admin, '齐思远', 'system_admin'),
    }
    await admin.goto('/')
    await send(admin, '/first-steps/finish', {})
    const enter = async ({ number, secret }: Hired) => signIn(await browser.context(), number, secret)

    const seller = await enter(hired.seller)
    const customer = await recordWhole(seller, name)
    const director = await enter(hired.director)
    await sign(director)
    const keeper = await enter(hired.keeper)
    await acknowledge(keeper)
    await keepIdentity(keeper, await openFile(keeper, customer, hired.keeper.number))
    const finance = await enter(hired.finance)
    // A first password lasts three days.
    const operator = await enter(hired.operator)
    await signContract(finance, customer, seen)
    await enterGoods(finance, customer, '90000', '2026-11-05')
    await enterMoney(finance, customer, '60000', '2026-11-09')

    // 90,000 of credit, 30,000 owed: 80,000 is 20,000 over, less than a third.
    const first = await askHeld(seller, customer, '80000', seen)
    await askOver(seller, first, 'first', seen)
    const area = await enter(hired.area)
    await area.goto('/approvals')
    await seen(area)
    await sign(area)
    await seller.goto(first)
    expect(await told(seller)).toContain('已放行')
    const logistics = await enter(hired.logistics)
    await ship(logistics, first, seen)
    await enterMoney(finance, customer, '110000', '2026-11-10')
    await seller.goto(`/credit/customers/${customer}`)
    expect((await told(seller)).match(/¥90,000\.00/g)?.length).toBeGreaterThan(1)
    await seen(seller)

    // Once a month: the next one is final, due by the month's end; on the telephone.
    await seller.setViewportSize({ width: 390, height: 844 })
    const second = await askHeld(seller, customer, '110000', seen)
    await askOver(seller, second, 'final', seen)
    await sign(director)
    await ship(logistics, second, seen)
    await finance.goto('/credit/ageing')
    expect(await told(finance)).toContain(name)
    await seen(finance)

    await moveTo('2026-12-01T20:30')
    await comeBack(operator, hired.operator)
    await operator.goto('/jobs/credit.month_end')
    await send(operator, '/jobs/credit.month_end/run', {})
    await comeBack(director, hired.director)
    await expect
      .poll(
        async () => {
          await director.goto('/credit/liabilities')
          return told(director)
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toContain('江问渠')
    expect(await told(director)).toContain('顾听澜')
    await seen(director)
    expect(browser.complaints).toEqual([])
  })
})
