import type { Parameter, Range } from '../parameters.ts'

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
/** 08:30-12:00 13:00-17:30 */
const rangesOf = (text: string): Range[] =>
  text.split(' ').map((part) => ({ from: clock(part.slice(0, 5)), until: clock(part.slice(6)) }))

const everyDay = [1, 2, 3, 4, 5, 6, 7]

export const calendarFigures = {
  // S4 参观 (1) and S4 公司服务 art.4: 8:30 to 17:30, closed at weekends and on statutory holidays.
  'calendar.office_hours': {
    rule: 'CAL-01',
    type: 'ranges',
    first: rangesOf('08:30-17:30'),
    presets: {
      // Plain practice of showrooms.
      car_dealer: rangesOf('09:00-18:00'),
      // Plain practice of service halls: closed over noon.
      utility: rangesOf('08:30-12:00 13:30-17:30'),
      // S3 收集: collection sheets are given out before 11:30 for midday and before 17:00 for the evening.
      hotel: rangesOf('09:00-21:00'),
      // Plain practice of malls.
      mall: rangesOf('10:00-22:00'),
    },
  },
  // Showrooms, hotels and malls serve most people at weekends.
  'calendar.weekdays': {
    rule: 'CAL-01',
    type: 'weekdays',
    first: [1, 2, 3, 4, 5],
    presets: { car_dealer: everyDay, hotel: everyDay, mall: everyDay },
  },
  'deadlines.soon_share': { rule: 'CAL-02', type: 'number', unit: 'percent', sign: '≤', min: 5, max: 50, first: 25 },
} as const satisfies Record<string, Parameter>
