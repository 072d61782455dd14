import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import {
  isAbove,
  levelOf,
  levelReasons,
  type LevelFact,
  type LevelFacts,
  type LevelFigures,
  type LevelReason,
} from '../level.ts'
import { factsOf, levelFigures } from '../leveling.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import { levelChanges, type Changed } from './queries.ts'
import { levelsAbove, levelsBelow } from './rules.ts'

const money = (yuan: number) => moneyText(yuan.toFixed(2))

/** CMP-06: why it has the level it has, and who may change that. */
export const levelsPart: Part = {
  section: async (actor, complaint) => ({
    view: 'complaints/levels/section',
    place: 'margin',
    model: await levelModel(actor, complaint),
  }),
  acts: (actor, complaint) => {
    if (!isOpen(complaint.state)) return []
    const at = `/complaints/${complaint.number}/level`
    const lowers = complaintPolicy.lower(actor, complaint)
    return [
      ...(complaintPolicy.raise(actor, complaint) && levelsAbove(complaint.level).length > 0
        ? [{ href: at, word: 'judging:act.raise' as const, icon: 'up' }]
        : []),
      ...(lowers && levelsBelow(complaint.level).length > 0
        ? [{ href: `${at}/lowering`, word: 'judging:act.lower' as const, icon: 'down' }]
        : []),
      ...(lowers && !complaint.grave
        ? [{ href: `${at}/grave`, word: 'judging:act.grave' as const, icon: 'warning' }]
        : []),
    ].map((act) => ({ ...act, rank: 'menu' as const, how: 'drawer' as const }))
  },
  obstacles: (actor, complaint) => {
    const handles = complaintPolicy.raise(actor, complaint) && !complaintPolicy.lower(actor, complaint)
    if (!isOpen(complaint.state) || complaint.level === 'general' || !handles) return []
    return [{ act: 'judging:obstacle.lower', reason: 'judging:obstacle.lowerWho', rule: 'CMP-06' }]
  },
}

async function levelModel(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const figures = levelFigures(await regulationAt(complaint.recordedAt))
  const facts = await factsOf(db, complaint)
  const changes = await levelChanges(complaint)
  const reasons = levelReasons(facts, figures).map(({ fact, level }) => ({
    text: factText(t, fact, facts, figures),
    level: t(`complaints:level.${level}`),
    overruled: complaint.loweredTo !== null && complaint.overruled.includes(fact),
  }))
  return {
    why: t('judging:levels.why', { level: t(`complaints:level.${complaint.level}`) }),
    reasons,
    figures: [
      {
        label: t('judging:levels.compensation'),
        value: facts.compensation > 0 ? t('judging:levels.amount', { amount: money(facts.compensation) }) : '',
      },
      { label: t('judging:levels.households'), value: t('judging:levels.householdsOf', { n: facts.households }) },
    ],
    will: [...willTexts(t, complaint), ...staysText(t, complaint, levelReasons(facts, figures))],
    changes: changes.length > 1 ? changes.map((one) => changeItem(t, one)) : [],
  }
}

/** 赔偿 8,340 元，超过 5,000 元 */
function factText(t: Translate, fact: LevelFact, facts: LevelFacts, figures: LevelFigures): string {
  const bound = fact in figures ? figures[fact as 'majorHouseholds'] : 0
  const ofMoney = fact === 'majorCompensation' || fact === 'importantCompensation'
  return t(`complaints:fact.${fact}`, {
    households: facts.households,
    amount: money(facts.compensation),
    bound: ofMoney ? money(bound) : bound,
  })
}

function willTexts(t: Translate, { raisedTo, loweredTo, graveReason }: Complaint): string[] {
  return [
    ...(raisedTo ? [t('judging:levels.raised', { level: t(`complaints:level.${raisedTo}`) })] : []),
    ...(loweredTo ? [t('judging:levels.lowered', { level: t(`complaints:level.${loweredTo}`) })] : []),
    ...(graveReason ? [graveReason] : []),
  ]
}

/** A fact that has gone does not lower it by itself. */
function staysText(t: Translate, complaint: Complaint, reasons: LevelReason[]): string[] {
  return isAbove(complaint.level, levelOf(reasons, complaint)) ? [t('judging:levels.stays')] : []
}

function changeItem(t: Translate, { at, kind, before, after, reason, by }: Changed) {
  const words = [before, after].flatMap((level) => (level ? t(`complaints:level.${level}`) : []))
  const who = { computed: 'computed', raised: 'raisedBy', lowered: 'loweredBy' } as const
  return {
    at: dateTimeText(at).slice(5),
    datetime: at.toISOString(),
    sentence: words.join(' → '),
    more: [t(`judging:levels.${who[kind]}`, { name: by ?? '' }), reason].filter(Boolean).join(' · '),
  }
}
