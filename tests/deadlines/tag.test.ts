import { describe, expect, it } from 'vitest'
import { deadlineTag, momentText, type Tagged } from '../../src/deadlines/tag.ts'
import { translate } from '../../src/i18n.ts'
import { at, office } from './calendar.ts'

const clock = (more: Partial<Tagged> = {}): Tagged => ({
  unit: 'working_day',
  startedAt: at('2026-11-23 10:00'),
  dueAt: at('2026-12-03 17:30'),
  soonAt: at('2026-12-03 00:00'),
  pausedAt: null,
  metAt: null,
  cancelledAt: null,
  ...more,
})
const words = (of: Tagged, now: string, language: 'zh' | 'en' = 'zh') =>
  deadlineTag(translate[language], of, at(now), office).words

describe('CAL-02: the words of a tag, in the rule’s own measure, two units at most', () => {
  it.each([
    ['working days and hours', clock(), '2026-11-24 14:30', '剩 7 个工作日 3 小时'],
    ['the weekend takes nothing', clock(), '2026-11-28 12:00', '剩 4 个工作日'],
    ['the last hours', clock(), '2026-12-03 16:52', '剩 38 分'],
    ['the due moment itself', clock(), '2026-12-03 17:30', '剩 1 分以内'],
    ['overdue, but no office time has gone by', clock(), '2026-12-03 20:00', '已逾期'],
    ['overdue by office time', clock(), '2026-12-04 08:55', '逾期 25 分'],
    [
      'hours by the clock',
      clock({ unit: 'hour', dueAt: at('2026-11-24 09:20') }),
      '2026-11-23 10:00',
      '剩 23 小时 20 分',
    ],
    ['hours at night', clock({ unit: 'hour', dueAt: at('2026-11-23 23:00') }), '2026-11-23 23:25', '逾期 25 分'],
    ['calendar days', clock({ unit: 'day', dueAt: at('2026-11-26 00:00') }), '2026-11-23 10:00', '剩 2 天 14 小时'],
    ['months', clock({ unit: 'month', dueAt: at('2027-11-24 00:00') }), '2026-11-23 10:00', '剩 12 个月'],
    ['met', clock({ metAt: at('2026-11-23 10:48') }), '2026-12-01 10:00', '按时，用时 48 分'],
    ['late', clock({ metAt: at('2026-12-04 08:55') }), '2026-12-10 10:00', '迟 25 分'],
    ['paused', clock({ pausedAt: at('2026-11-24 14:30') }), '2026-11-26 14:30', '已暂停 2 天'],
    ['cancelled', clock({ cancelledAt: at('2026-11-24 14:30') }), '2026-11-26 14:30', '已取消'],
  ])('%s', (_name, of, now, expected) => {
    expect(words(of, now)).toBe(expected)
  })

  it('in English', () => {
    expect(words(clock(), '2026-11-24 14:30', 'en')).toBe('7 working days 3 h left')
    expect(words(clock(), '2026-12-02 14:30', 'en')).toBe('1 working day 3 h left')
    expect(words(clock(), '2026-12-04 08:55', 'en')).toBe('25 min overdue')
  })

  it('a paused one says what remains', () => {
    const tag = deadlineTag(translate.zh, clock({ pausedAt: at('2026-11-24 14:30') }), at('2026-11-26 14:30'), office)
    expect(tag).toMatchObject({ state: 'paused', moment: '剩 7 个工作日 3 小时' })
  })

  it('time that was paused is not time that was used', () => {
    const pauses = [{ fromAt: at('2026-11-23 11:00'), untilAt: at('2026-11-23 16:00') }]
    expect(words(clock({ metAt: at('2026-11-23 16:30'), pauses }), '2026-12-01 10:00')).toBe('按时，用时 1 小时 30 分')
  })
})

it.each([
  ['2026-11-24 17:30', '17:30'],
  ['2026-11-25 17:30', '11-25 17:30'],
  ['2027-02-24 17:30', '2027-02-24'],
  ['2026-11-25 00:00', '24:00'],
  ['2026-12-01 00:00', '11-30 24:00'],
])('the moment %s is written %s on 2026-11-24', (moment, text) => {
  expect(momentText(at(moment), at('2026-11-24 10:00'))).toBe(text)
})
