import type { Actor } from '../access/actor.ts'
import { translate, type Key } from '../i18n.ts'
import { requestPath } from './addresses.ts'
import { wordOf } from './kinds.ts'
import type { SeenRequest } from './reading.ts'
import type { Turn } from './shown.ts'

/** To take back what one asked for; where that is not possible the page says why. */
export function withdrawalPage(actor: Actor, request: SeenRequest) {
  const problem: Key | null =
    request.filedById !== actor.id
      ? 'approvals:withdraw.notYours'
      : request.state === 'waiting'
        ? null
        : 'approvals:withdraw.ended'
  return { ...headOf(actor, request), nothing: problem && nothingFor(actor, request, problem) }
}

type Colleague = { number: string; name: string; department: { name: string } | null }

/** 加签: to ask a colleague to sign before oneself. */
export function signerPage(actor: Actor, request: SeenRequest, turn: Turn | null, colleagues: Colleague[]) {
  const mine = turn !== null && turn.standing.by !== 'none'
  return {
    ...headOf(actor, request),
    nothing: mine ? null : nothingFor(actor, request, 'approvals:signer.notYours'),
    colleagues: colleagues
      .filter(({ number }) => number !== request.filedByNumber)
      .map(({ number, name, department }) => ({
        value: number,
        word: department ? `${name} ${number} ${department.name}` : `${name} ${number}`,
      })),
  }
}

function headOf(actor: Actor, { number, version, kind }: SeenRequest) {
  const t = translate[actor.language]
  return { request: { number, version, href: requestPath(number), kind: t(`approvals:kind.${wordOf(kind)}`) } }
}

function nothingFor(actor: Actor, { number }: SeenRequest, problem: Key) {
  const t = translate[actor.language]
  return { heading: t(problem), next: { href: requestPath(number), word: t('approvals:withdraw.toRequest') } }
}
