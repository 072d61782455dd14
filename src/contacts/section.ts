import type { Actor } from '../access/actor.ts'
import { may, type Placed } from '../access/policy.ts'
import { translate, type Language } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { mayUnmask, unmaskAddress } from '../unmaskings/policy.ts'
import { birthdayOf } from './facts.ts'
import type { Contact } from './queries.ts'
import { birthdayText, lunarDayName, nextBirthday, type Birthday } from './rules.ts'

type Host = Placed & { number: string }

/** The part of a customer's page about its contacts (views/contacts/section.ejs). */
export function contactsSection(actor: Actor, customer: Host, contacts: Contact[], now: Date) {
  const home = `/customers/${customer.number}`
  const mayCorrect = may(actor, 'customers.correct', customer)
  const unmasks = mayUnmask(actor, customer, 'l2')
  const masked = (contact: Contact, field: 'phones' | 'email' | 'wechat', text: string) => ({
    text,
    unmask: unmasks && text ? unmaskAddress(customer.number, field, contact.id) : null,
  })
  return {
    home,
    add: mayCorrect ? `${home}/contacts/new` : null,
    rows: contacts.map((contact) => ({
      name: contact.name,
      href: mayCorrect ? `${home}/contacts/${contact.id}` : null,
      main: contact.main,
      post: contact.post ?? '',
      phones: masked(contact, 'phones', contact.phones.join('、')),
      wechat: masked(contact, 'wechat', contact.wechat ?? ''),
      email: masked(contact, 'email', contact.email ?? ''),
      birthday: birthdayShown(birthdayOf(contact), dateText(now), actor.language),
      note: contact.note ?? '',
    })),
  }
}

/** 农历八月十五, and when it is next kept. */
function birthdayShown(birthday: Birthday | null, today: string, language: Language) {
  return birthday && { text: birthdayWords(birthday, language), next: nextBirthday(birthday, today) }
}

function birthdayWords(birthday: Birthday, language: Language): string {
  const t = translate[language]
  const { calendar, year, month, day, leap } = birthday
  if (calendar === 'solar') return year === null ? t('contacts:birth.solar', { month, day }) : birthdayText(birthday)
  const name = language === 'zh' ? lunarDayName(birthday) : `${leap ? 'leap ' : ''}${month}-${day}`
  return year === null ? t('contacts:birth.lunar', { name }) : t('contacts:birth.lunarIn', { year, name })
}
