import type { Actor } from '../access/actor.ts'
import { translate, type Key } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { OwnSession } from './queries.ts'

export function passwordPage(actor: Actor, least: number) {
  return { first: actor.mustChangePassword, company: actor.companyName, account: actor.number, least }
}

export function profilePage(actor: Actor, email: string | null, sessions: OwnSession[]) {
  const t = translate[actor.language]
  const label = (name: string) => t(`session:profile.${name}` as Key)
  return {
    facts: [
      { label: label('number'), value: actor.number },
      { label: label('name'), value: actor.name },
      { label: label('department'), value: actor.departmentName },
      { label: label('email'), value: email },
      { label: label('language'), value: t(`session:profile.languageIs.${actor.language}`) },
      { label: label('appearance'), value: t(`session:profile.themeIs.${actor.theme}`) },
    ],
    roles: actor.grants.map(({ role, scope }) => ({
      word: t(`access:role.${role}`),
      scope: t(`session:profile.scope.${scope}`),
    })),
    shortcuts: actor.shortcuts,
    sessions: sessions.map((session) => sessionRow(actor, session)),
  }
}

function sessionRow(actor: Actor, { key, startedAt, agent, ip, until }: OwnSession) {
  return {
    key,
    here: key === actor.origin.session,
    since: dateTimeText(new Date(startedAt)),
    until: dateTimeText(until),
    place: [agent ? deviceOf(agent) : null, ip?.replace(/^::ffff:/, '')].filter(Boolean).join(' · ') || '—',
  }
}

/** The browser and the system, as people name them; what is not known is shown as it came. */
export function deviceOf(agent: string): string {
  const browser = browsers.find(([mark]) => agent.includes(mark))?.[1]
  const system = systems.find(([mark]) => agent.includes(mark))?.[1]
  return [browser, system].filter(Boolean).join(' ') || agent.slice(0, 40)
}

// The order matters: every browser also claims to be those below it.
const browsers = [
  ['MicroMessenger', 'WeChat'],
  ['Edg', 'Edge'],
  ['QQBrowser', 'QQ Browser'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['HarmonyOS', 'HarmonyOS'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const
