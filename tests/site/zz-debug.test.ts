import { it } from 'vitest'
import { log } from '../../src/web/log.ts'
import { signIn } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
it('x', async () => {
  const people = await theCast()
  log.level = 'error'
  const b = await signIn(people.front_desk)
  const f = await b.fieldsOf('/customers/new')
  await b.post('/customers/new', { ...f, 'name[not]': '1' })
  const person = await make.staff()
  const guard = await signIn(people.security_admin)
  console.log(await guard.fieldsOf(`/staff/${person.number}/roles`))
  await guard.submit(`/staff/${person.number}/roles`, { role: 'front_desk', place: 'company', scope: 'company' })
})
