import { describe, expect, it } from 'vitest'
import { releaseSubject } from '../../src/credit/queries.ts'
import { requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import { aRelease, daysAgo, shipped } from '../support/credit.ts'
import { theCast } from '../support/make.ts'
import { heldOver, withLimit } from '../support/overrides.ts'

const reason = '桃源里门店开业，月底付清'

describe('in the browser', () => {
  it('CRD-07, CRD-19: asked for with what was typed kept, seen and printed by the area manager, signed once', async () => {
    const { sales, area_manager } = await theCast()
    const { release } = await heldOver('3000.00', '3999.99')
    const form = `/releases/${release.number}/first-override`
    const browser = await signIn(sales)
    const opened = await browser.visit(form)
    expect(opened.$('.equation').text()).toContain('¥999.99')
    expect(opened.$('main').text()).toContain('最多 ¥999.99')
    const wrong = await browser.submit(form, { reason: '急' })
    expect([wrong.status, wrong.$('#f-reason').val()]).toEqual([422, '急'])
    const done = await browser.submit(form, { reason })
    const { number } = await requestAbout('credit.first_override', releaseSubject(release))
    expect(done.$('.notice').text()).toContain(number)
    expect(done.$('#overrides').text()).toContain('待审批')
    const again = await browser.visit(form)
    expect([again.status, again.$('main').text()]).toEqual([422, expect.stringContaining(number)])
    const signer = await signIn(area_manager)
    const request = await signer.visit(`/approvals/${number}`)
    const shown = request.$('#request').text()
    for (const said of ['授信额 ¥3,000.00', '账龄', '以往超额与特批', '未结投诉', '近 12 个月', reason])
      expect(shown).toContain(said)
    expect((await signer.visit(`/approvals/${number}/sheet.pdf`)).response.get('content-type')).toBe('application/pdf')
    await signer.submit(`/approvals/${number}/decision`, { verdict: 'approve', reason: '' }, `/approvals/${number}`)
    expect((await browser.visit(`/releases/${release.number}`)).$('#overrides').text()).toContain(area_manager.name)
  })

  it('CRD-12, CRD-02: forms of a guarantee and of another method keep what was typed and say why not', async () => {
    const { sales } = await theCast()
    const customer = await withLimit('3000.00')
    await shipped(customer, { amount: '1.00', on: daysAgo(40) })
    await aRelease(customer, { amount: '100.00' })
    const browser = await signIn(sales)
    const home = `/credit/customers/${customer.number}`
    const given = { until: daysAgo(-20), reason }
    const odd = await browser.submit(`${home}/guarantees/new`, { ...given, amount: '很多' })
    expect([odd.status, odd.$('#f-amount').val(), odd.$('#f-reason').val()]).toEqual([422, '很多', reason])
    const much = await browser.submit(`${home}/guarantees/new`, { ...given, amount: '99,999' })
    expect([much.status, much.$('.errors').text()]).toEqual([422, expect.stringContaining('最多还能担保')])
    const list = await browser.submit(`${home}/guarantees/new`, { ...given, amount: '100' })
    expect(list.$('main').text()).toContain('¥100.00')
    const terms = { method: 'fixed', amount: '', startsOn: daysAgo(0), endsOn: '', reason }
    const fixed = await browser.submit(`${home}/terms/new`, terms)
    expect(fixed.$('.errors').text()).toContain('固定额要写明金额')
    expect(fixed.$('input[name=method][value=fixed]').attr('checked')).toBeDefined()
    expect((await browser.visit(`${home}/mode/new`)).status).toBe(200)
  })

  it('CRD-13, PPL-01: the warehouse opens none of it', async () => {
    const { logistics } = await theCast()
    const { customer, release } = await heldOver('3000.00', '3500.00')
    const browser = await signIn(logistics)
    const home = `/credit/customers/${customer.number}`
    for (const path of [
      ...['first-override', 'final-override', 'overdue'].map((one) => `/releases/${release.number}/${one}`),
      ...['guarantees', 'guarantees/new', 'terms/new', 'mode/new'].map((one) => `${home}/${one}`),
    ]) {
      const page = await browser.visit(path)
      expect([path, page.status >= 403, page.$('main').text().includes(customer.name)]).toEqual([path, true, false])
    }
  })
})
