import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { monthAfter, monthBounds, monthOf } from '../../lib/months.ts'
import { hashOf, signingOf } from './commands.ts'
import { groupsOf, signedTag, signedText } from './pages.ts'
import { assessmentPolicy } from './policy.ts'
import type { PersonFound } from './people.ts'
import type { Assessed } from './queries.ts'
import type { signedMonths } from './signatures.ts'
import type { Weights } from './rules.ts'
import { partLines, scoreText, textOf } from './saying.ts'

type Signatures = Awaited<ReturnType<typeof signedMonths>>
type OfPerson = { month: string; one: Assessed; weights: Weights; signatures: Signatures }

const addressOf = ({ number }: { number: string }, month: string) => `/visits/assessment/${number}?month=${month}`

/** /visits/assessment/:person: one's month, how the score came about, what was signed. */
export function personPage(
  actor: Actor,
  person: PersonFound,
  { month, one, weights, signatures }: OfPerson,
  now: Date,
) {
  const t = translate[actor.language]
  const { figures, score, plan, whole } = one
  const next = monthAfter(month, 1)
  return {
    person: { name: person.name, number: person.number, department: person.department ?? '' },
    month,
    title: t('assessment:personOf', { name: person.name, month }),
    back: `/visits/assessment?month=${month}`,
    over: monthBounds(month).until <= now,
    whole,
    score: whole ? scoreText(score) : t('assessment:partly'),
    parts: partLines(t, figures, weights),
    groups: groupsOf(actor, t, month, figures, { owner: person.number }),
    plan: plan && {
      href: `/visits/plans/${plan.number}`,
      number: plan.number,
      word: t(`visits:planState.${plan.state}`),
      late: plan.late,
    },
    signed: signedOf(t, one),
    sign: signOf(t, actor, person, one, month, now),
    earlier: signatures
      .filter((before) => before.month !== month)
      .map((before) => ({
        month: before.month,
        href: addressOf(person, before.month),
        score: scoreText(before.score),
        said: signedText(t, { signed: before }),
        comment: before.comment,
      })),
    pager: {
      months: true,
      words: month,
      previous: addressOf(person, monthAfter(month, -1)),
      ...(next <= monthAfter(monthOf(now), 1) ? { next: addressOf(person, next) } : {}),
    },
  }
}

function signedOf(t: Translate, { signed, changed, figures }: Assessed) {
  if (!signed) return null
  return {
    tag: signedTag(t, { signed, changed })!,
    said: signedText(t, { signed }),
    comment: signed.comment,
    changed: changed.map((name) => ({
      word: t(`assessment:figure.${name}`),
      before: textOf(name, { ...figures, [name]: signed.figures[name] ?? 0 }),
      now: textOf(name, figures),
    })),
  }
}

/** The way to sign it, or why it cannot be signed now; null for whoever signs none of theirs. */
function signOf(t: Translate, actor: Actor, person: PersonFound, one: Assessed, month: string, now: Date) {
  if (!assessmentPolicy.sign(actor, person) || one.signed) return null
  const [problem] = signingOf(one, month, now)
  if (problem) return { href: null, why: t(problem.reason, problem.params) }
  return { href: `/visits/assessment/${person.number}/signature?month=${month}`, why: null }
}

/** /visits/assessment/:person/signature */
export function signaturePage(actor: Actor, person: PersonFound, month: string, one: Assessed, now: Date) {
  const t = translate[actor.language]
  const { figures, score } = one
  return {
    person: { name: person.name, number: person.number },
    month,
    title: t('assessment:signOf', { name: person.name, month }),
    back: addressOf(person, month),
    score: scoreText(score),
    facts: groupsOf(actor, t, month, figures, { owner: person.number }).map(({ word, cells }) => ({
      word,
      value: cells.map(({ word: what, text }) => (cells.length > 1 ? `${what} ${text}` : text)).join(' · '),
    })),
    seen: hashOf(figures, score),
    problem: signingOf(one, month, now).map(({ reason, params }) => t(reason, params))[0] ?? null,
  }
}
