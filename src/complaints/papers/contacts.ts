import type { Section } from '../../documents/paper.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { joined, nameIn, tableOf, textBlock, type Source } from './blocks.ts'

/** Every word with the customer, and what came of it (CMP-11, CMP-12). */
export function contactsSection({ t, content: { contacts, rating } }: Source): Section {
  const columns = [
    { title: t('papers:column.at'), width: 32 },
    { title: t('papers:column.purpose'), width: 26 },
    { title: t('papers:column.who'), width: 22 },
    { title: t('papers:column.note') },
  ]
  const rows = contacts.map((one) => [
    dateTimeText(one.at),
    `${t(`complaints:purpose.${one.purpose}`)}\n${t(`complaints:way.${one.way}`)}`,
    one.by.name,
    [
      t(one.reached ? 'papers:word.reached' : 'papers:word.notReached'),
      one.words,
      one.standardMessage && t('papers:word.standard', { text: one.standardMessage }),
      one.score !== null && t('papers:word.score', { n: one.score }),
    ]
      .filter(Boolean)
      .join('\n'),
  ])
  const rated = rating?.score ? [textBlock(joined(t, [t('papers:word.rated', { n: rating.score }), rating.words]))] : []
  return { title: t('papers:section.contacts'), blocks: [tableOf(t, columns, rows), ...rated] }
}

/** CMP-08: whom one told, and the meeting; of a complaint that asked for neither, nothing. */
export function toldSections({ t, content }: Source): Section[] {
  const columns = [
    { title: t('papers:column.at'), width: 32 },
    { title: t('papers:column.unit'), width: 40 },
    { title: t('papers:column.person'), width: 34 },
    { title: t('papers:column.note') },
  ]
  const told = content.told.map((one) => [
    dateTimeText(one.at),
    t(`complaints:unit.${one.unit}`),
    one.person,
    one.words ?? '',
  ])
  const meetings = content.meetings.flatMap((one) => [
    textBlock(
      `${joined(t, [dateTimeText(one.heldAt), one.place])} ${t('papers:word.members', {
        chair: nameIn(content, one.chairId),
        members: joined(
          t,
          one.members.map((id) => nameIn(content, id)),
        ),
      })}`,
    ),
    textBlock(one.situation),
    textBlock(one.decisions),
  ])
  return [
    ...(told.length > 0 ? [{ title: t('papers:section.told'), blocks: [tableOf(t, columns, told)] }] : []),
    ...(meetings.length > 0 ? [{ title: t('papers:section.crisis'), blocks: meetings }] : []),
  ]
}
