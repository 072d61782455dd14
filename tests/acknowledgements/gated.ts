import { expect } from 'vitest'
import { mayEver } from '../../src/access/policy.ts'
import { acts } from '../../src/access/table.ts'
import { routes } from '../../src/routes.ts'
import { addressesOf, samplesFor } from '../site/addresses.ts'
import { signIn } from '../support/browser.ts'
import { cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

/** An oracle of its own: the parts of the product that open, lend, copy, carry or give out files. */
export const gated = /^(archive|viewings|loans|copies|movements|disclosures|transfers|certificates)\./

const hasRoute = (act: string) => routes.some(({ allow }) => allow.act === act)

/** ARC-19: nobody of this role comes near a file, by any route or form, before acknowledging. */
export async function expectGate(role: (typeof cast)[number]['role']): Promise<void> {
  // Whose departments and regions are the places of its roles.
  await theCast()
  const { at } = cast.find((member) => member.role === role)!
  const place = at.scope === 'company' ? {} : { [at.scope]: at.name }
  const person = await make.staff([{ role, ...place }])
  const [browser, actor] = [await signIn(person), await actorOf(person)]
  const samples = await samplesFor(person)
  const { _csrf } = await browser.fieldsOf('/language', '/profile')
  const mine = routes.filter(({ allow }) => gated.test(allow.act) && mayEver(actor, allow.act))
  const wrong: string[] = []
  for (const route of mine) {
    const { url } = addressesOf(route.path, samples)[0]!
    if (route.kind !== 'form' || route.view) {
      const { status, headers } = await browser.agent.get(url)
      if (status !== 303 || headers['location'] !== `/acknowledgement?next=${encodeURIComponent(url)}`)
        wrong.push(`GET ${url}: ${status} ${headers['location']}`)
    }
    if (route.kind === 'form') {
      const { status, headers } = await browser.post(url, { _csrf: _csrf! })
      if (status !== 303 || headers['location'] !== '/acknowledgement?next=%2Farchive')
        wrong.push(`POST ${url}: ${status} ${headers['location']}`)
    }
  }
  expect(wrong).toEqual([])
  expect(mine.length > 0).toBe(acts.some((act) => gated.test(act) && mayEver(actor, act) && hasRoute(act)))
}
