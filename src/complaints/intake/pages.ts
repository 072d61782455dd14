import type { Actor } from '../../access/actor.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Around } from './around.ts'
import { alikeSection, callersSection, checkSection } from './aside.ts'
import { channels, exposures, kinds, type Values } from './forms.ts'
import { clocksSoFar, levelSoFar } from './preview.ts'
import { mayAssign } from './rights.ts'

const ticks = ['hazard', 'toldManufacturer', 'blockade', 'exchange', 'legal'] as const

/** The choices that both forms of a complaint offer. */
export function choicesOf(t: Translate, values: Values) {
  const options = <N extends 'channel' | 'kind' | 'media'>(name: N, of: readonly string[]) =>
    of.map((value) => ({ value, word: t(`complaints:${name}.${value}` as Key) }))
  return {
    channels: options('channel', channels),
    kinds: options('kind', kinds),
    exposures: options('media', exposures),
    ticks: ticks.map((name) => ({ name, word: t(`intake:field.${name}`), value: values[name] === 'on' })),
  }
}

/** CMP-01: the one screen; what speaks to what is typed stands beside it. */
export function newPage(actor: Actor, values: Values, around: Around, now: Date) {
  const t = translate[actor.language]
  return {
    values: { channel: 'phone', households: '1', media: 'none', ...filled(values, around), ...values },
    ...choicesOf(t, values),
    began: dateTimeText(now).slice(11),
    latest: dateTimeText(now).replace(' ', 'T'),
    reportHours: around.regulation.value('complaints.report_hours'),
    departments: around.departments.map(({ id, name }) => ({ value: String(id), word: name })),
    mayAssign: mayAssign(actor),
    ...aroundPage(actor, values, around, now),
  }
}

/** Opened from a customer's page: what is known of the caller stands there already. */
function filled(values: Values, { chosen, callers }: Around): Values {
  if (!chosen || values['phone'] !== undefined) return {}
  const [found] = callersSection(translate.zh, callers, chosen).list.filter(({ checked }) => checked)
  return found ? { phone: found.fill.phone, complainant: found.fill.complainant, product: found.fill.product } : {}
}

/** What the form fetches while one types (views/complaints/intake/around.ejs). */
export function aroundPage(actor: Actor, values: Values, around: Around, now: Date) {
  const t = translate[actor.language]
  const { callers, admitted, chosen, alike, days, regulation, calendar, linked } = around
  const level = levelSoFar(t, values, linked, regulation)
  return {
    callers: { ...callersSection(t, callers, chosen), admitted, asked: asks(values), given: values['customer'] ?? '' },
    check: checkSection(t, actor, chosen, values['checked'] === 'on'),
    alike: { ...alikeSection(t, actor, alike, { days, now, link: values['link'] ?? '' }), days },
    level,
    clocks: clocksSoFar(t, values, { level: level.level, regulation, calendar, now }),
    place: placeSection(t, values, around),
  }
}

const asks = (values: Values) => ['phone', 'complainant', 'product'].some((name) => Boolean(values[name]?.trim()))

/** CMP-02, CMP-03: which department, who of it, and who is left out. */
function placeSection(t: Translate, values: Values, { handlers, departmentId, accused, departments }: Around) {
  const groups = new Set(handlers.map(({ department }) => department))
  const comma = t('web:comma')
  return {
    known: departmentId !== null,
    department: departments.find(({ id }) => id === departmentId)?.name ?? '',
    handlers: handlers.map(({ id, name, number, inHand, department }) => ({
      value: String(id),
      word: t('intake:handler', { name, number, n: inHand }),
      ...(groups.size > 1 && department ? { group: department } : {}),
    })),
    handler: values['ownerId'] ?? '',
    accused: accused.people
      .map(({ name, number, department }) => t('intake:person', { name, number, place: department?.name ?? '' }).trim())
      .join(comma),
    avoided: accused.people.map(({ name }) => name).join(comma),
    unclear: [
      ...(accused.none.length > 0 ? [t('intake:refused.accusedNone', { names: accused.none.join(comma) })] : []),
      ...(accused.several.length > 0
        ? [t('intake:refused.accusedSeveral', { names: accused.several.join(comma) })]
        : []),
    ],
  }
}
