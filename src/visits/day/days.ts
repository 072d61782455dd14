import { Temporal } from 'temporal-polyfill'

/** 2026-11-24, so many days later. */
export const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** 1 is Monday. */
export const weekdayOf = (day: string) => Temporal.PlainDate.from(day).dayOfWeek as 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Monday to Sunday of the week that the day lies in. */
export const weekOf = (day: string): string[] =>
  Array.from({ length: 7 }, (_, at) => dayAfter(day, 1 - weekdayOf(day) + at))
