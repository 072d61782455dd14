import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Card, Handler, Request } from '../approvals/contract.ts'
import { translate, type Translate } from '../i18n.ts'
import { roleAt } from './role-words.ts'
import { grantBasis, idOfAsked, wishOf } from './asking.ts'
import { lockPerson, personById, type Person } from './queries.ts'
import { giveAsked } from './roles.ts'
import { grantProblems, separationProblems } from './rules.ts'

/** PPL-02: a powerful role takes two people: the security administrator asks, another agrees. */
export const roleGrant: Handler = {
  basis: async (tx, request) => grantBasis(await lockPerson(tx, idOfAsked(request))),
  approve: (tx, audit, _decider, request, now) => giveAsked(tx, audit, request, now),
  card: grantCard,
}

async function grantCard(actor: Actor, request: Request): Promise<Card> {
  const t = translate[actor.language]
  const person = await personById(idOfAsked(request))
  const wish = wishOf(request)
  const held = person.grants.map(({ role }) => role)
  const comma = t('web:comma')
  const wanted = roleAt(t, wish.role, wish.scope, wish.place)
  const before = person.grants.map(({ role, scope, department, region }) =>
    roleAt(t, role, scope, department?.name ?? region?.name ?? null),
  )
  return {
    title: t('staff:asked.title', { name: person.name, role: t(`access:role.${wish.role}`) }),
    href: mayEver(actor, 'staff.view') ? `/staff/${person.number}` : null,
    asked: [
      {
        label: t('staff:section.roles'),
        before: before.join(comma) || t('staff:none.roles'),
        after: [...before, wanted].join(comma),
      },
    ],
    facts: factsOf(t, person),
    why: t('staff:asked.why'),
    problems:
      request.state === 'waiting'
        ? [...separationProblems(held, wish.role), ...grantProblems(person.grants, wish)]
        : [],
  }
}

function factsOf(t: Translate, { number, name, state, department }: Person) {
  return [
    { label: t('staff:field.name'), value: `${name} ${number}` },
    { label: t('staff:field.departmentId'), value: department?.name ?? t('staff:noDepartment') },
    { label: t('staff:field.state'), value: t(`staff:state.${state}`) },
  ]
}
