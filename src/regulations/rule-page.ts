import type { Trade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import type { calculatorOf } from './calculator.ts'
import { chartOf } from './chart.ts'
import type { Change } from './changes/queries.ts'
import { figureTable, inForceOf, stagesOf, type Stage } from './figure-table.ts'
import { trailItem, versionItem } from './margin.ts'
import { parametersOf } from './parameters.ts'
import { placeOf } from './places.ts'
import { dayStarts, type RuleCount, type trailOf, type Version } from './queries.ts'
import { register, isRule, type RuleId } from './register.ts'
import { textParts, titleOf } from './texts.ts'
import { presetOf, same } from './values.ts'

export type RuleFacts = {
  rule: RuleId
  versions: Version[]
  counts: RuleCount[]
  trade: Trade
  open: Change[]
  trail: Awaited<ReturnType<typeof trailOf>>
  calculator: Awaited<ReturnType<typeof calculatorOf>>
}

export function rulePage(actor: Actor, facts: RuleFacts, now: Date) {
  const { rule, versions, counts, open } = facts
  const { language } = actor
  const t = translate[language]
  const stages = stagesOf(rule, versions)
  const current = inForceOf(stages, now)
  const parametric = parametersOf(rule).length > 0
  const { effect, chapter, related } = register[rule]
  return {
    rule,
    heading: `${rule} ${titleOf(language, rule)}`,
    chapter: { word: t(`rules:chapter.${chapter}`), href: `/regulations?chapter=${chapter}` },
    state: [
      t('regulations:versionN', { n: current.n }),
      current.from ? t('regulations:since', { date: dateText(current.from) }) : t('regulations:fromTheStart'),
    ],
    article: {
      parts: textParts(t, language, rule, (name) => current.values[name]),
      source: t('regulations:source', { source: t(`rules:${rule}.source`) }),
      kind: t('regulations:kind', { kind: t(`regulations:effectHint.${effect}`) }),
    },
    whyNot: parametric && !mayEver(actor, 'regulations.draft') ? [whyNot(actor, t)] : [],
    acts: actsOf(actor, t, rule, stages),
    table: parametric ? figureTable(t, language, rule, stages, now) : null,
    preset: parametric ? presetLine(t, facts, current) : null,
    notes: notesOf(t, stages, now),
    open: open.map(({ number, state }) => ({
      text: t('regulations:waitingFor', { state: { word: `regulations:state.${state}` } }),
      number,
    })),
    places: placesOf(actor, rule, counts),
    chart: chartOf(t, dayStarts(now), counts),
    related: (related as readonly string[]).filter(isRule).map((id) => ({ id, title: titleOf(language, id) })),
    calculator: facts.calculator,
    versions: stages
      .toReversed()
      .slice(0, 7)
      .map((stage) => versionItem(language, stage, stages, current)),
    allVersions: t('regulations:allVersions', { n: stages.length }),
    trail: seesChanges(actor) ? facts.trail.map((line) => trailItem(language, line)) : [],
  }
}

export const seesChanges = (actor: Actor) =>
  (['regulations.draft', 'regulations.approve', 'audit.view'] as const).some((act) => mayEver(actor, act))

/** PPL-02: who may not, and who does instead. */
function whyNot(actor: Actor, t: Translate) {
  const who = mayEver(actor, 'regulations.approve') ? 'approver' : mayEver(actor, 'audit.view') ? 'auditor' : 'reader'
  return { act: t('regulations:notYours'), reason: t(`regulations:whyNot.${who}`), rule: { id: 'PPL-02' } }
}

function actsOf(actor: Actor, t: Translate, rule: RuleId, stages: readonly Stage[]) {
  const drafting = mayEver(actor, 'regulations.draft') && parametersOf(rule).length > 0
  const [before, last] = [stages.at(-2)?.n, stages.at(-1)!.n]
  const compare = before && {
    href: `/regulations/${rule}/versions?from=${before}&to=${last}`,
    word: t('regulations:comparing'),
  }
  return {
    draft: drafting ? { href: `/regulations/${rule}/draft`, word: t('regulations:draft') } : null,
    compare: compare || null,
  }
}

function presetLine(t: Translate, { rule, trade }: RuleFacts, current: Stage) {
  const differing = parametersOf(rule).filter((name) => !same(current.values[name], presetOf(name, trade)))
  const word = { trade: { word: `organisation:trade.${trade}` } as const, n: differing.length }
  return differing.length === 0 ? t('regulations:presetSame', word) : t('regulations:presetDiffers', word)
}

/** RULE-02: who drafted and who approved what is in force, and what is to come. */
function notesOf(t: Translate, stages: readonly Stage[], now: Date): { text: string; number: string }[] {
  const current = inForceOf(stages, now)
  return stages.flatMap(({ n, version }) => {
    if (!version || n < current.n) return []
    const { number, draftedBy, decidedBy, decidedAt, draftedAt } = version.change
    const params = { n, drafter: draftedBy.name, date: dateText(decidedAt ?? draftedAt) }
    if (!decidedBy) return [{ text: t('regulations:broughtBy', params), number }]
    return [{ text: t('regulations:approvedBy', { ...params, decider: decidedBy.name }), number }]
  })
}

/** Where the register says it acts, and wherever it has acted. */
function placesOf(actor: Actor, rule: RuleId, counts: readonly RuleCount[]) {
  const t = translate[actor.language]
  const places = [...new Set<string>([...register[rule].places, ...counts.map(({ place }) => place)])]
  return places.map((place) => {
    const here = counts.filter((count) => count.place === place)
    const words = (['stopped', 'reminded', 'breached'] as const).flatMap((effect) => {
      const n = here.filter((one) => one.effect === effect).reduce((sum, one) => sum + one.n, 0)
      return n > 0 ? [`${t(`regulations:happened.${effect}`)} ${t('regulations:times', { n })}`] : []
    })
    return {
      ...placeOf(actor, t, place),
      does: translateIfKnown(actor.language, `rules:${rule}.acts.${place}`) ?? '',
      counts: words.join(t('web:comma')),
    }
  })
}
