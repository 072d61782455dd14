import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { mostCounted, type CustomerCounts, type FirstSteps, type OpenImport, type RecentCustomer } from './queries.ts'

export function firstStepsPage(actor: Actor, found: FirstSteps) {
  const t = translate[actor.language]
  const { company, departments, regions, colleagues } = found
  const steps = [
    step(t, 'company', '/organisation/company', Number(company), '/organisation/company'),
    step(t, 'departments', '/organisation/departments', departments, '/organisation/departments'),
    step(t, 'regions', '/organisation/regions', regions, '/organisation/regions'),
    step(t, 'colleagues', '/staff/new', colleagues, '/staff'),
  ]
  const ready = steps.every(({ done }) => done)
  return { settingUp: { steps, ready, mayFinish: mayEver(actor, 'company.finish_first_steps') } }
}

type StepName = 'company' | 'departments' | 'regions' | 'colleagues'

function step(t: Translate, name: StepName, act: string, n: number, list: string) {
  const done = n > 0
  const word = name === 'company' ? t(done ? 'home:act.change' : 'home:act.fill') : t('home:act.add')
  const tag = { tone: done ? 'ok' : 'wait', word: t(done ? 'home:done' : 'home:notDone') }
  const link = name === 'colleagues' ? { href: list, word: t('home:list') } : null
  return {
    done,
    tag,
    href: list,
    word: t(`home:step.${name}`),
    hint: t(`home:step.${name}Hint`, { n }),
    link,
    act: { href: act, word },
  }
}

type Found = { imports: OpenImport[]; counts: CustomerCounts | null; recent: RecentCustomer[] }

export function homePage(actor: Actor, { imports, counts, recent }: Found) {
  const t = translate[actor.language]
  return {
    settingUp: null,
    noRoles: actor.grants.length === 0,
    queues: [
      ...queue(
        t,
        'running',
        imports.filter(({ state }) => state !== 'done'),
      ),
      ...queue(
        t,
        'rejected',
        imports.filter(({ state }) => state === 'done'),
      ),
    ],
    figures: counts && [
      { href: `/customers?owner=${actor.number}`, word: t('home:mine'), figure: capped(counts.mine) },
      { href: '/customers', word: t('home:scope'), figure: capped(counts.scope) },
    ],
    recent:
      counts &&
      recent.map(({ number, name, city, at }) => ({
        href: `/customers/${number}`,
        name,
        number,
        city: city ?? '',
        at: dateTimeText(at),
      })),
  }
}

function queue(t: Translate, name: 'running' | 'rejected', imports: OpenImport[]) {
  const [oldest] = imports
  if (!oldest) return []
  const running = name === 'running'
  const href = `/imports/${oldest.number}`
  const what = running ? t('home:oldest', { rows: oldest.total }) : t('home:oldestRejected', { rows: oldest.rejected })
  const act = { href, word: t(running ? 'home:follow' : 'home:correct') }
  const tag = { tone: running ? 'go' : 'warn', word: t(`home:tag.${name}`) }
  return [
    {
      count: imports.length,
      word: t(`home:${name}`),
      oldest: `${oldest.number} ${oldest.fileName}`,
      href,
      what,
      act,
      tag,
    },
  ]
}

function capped(count: number): string {
  return count > mostCounted ? `${mostCounted}+` : String(count)
}
