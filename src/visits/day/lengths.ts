import type { Translate } from '../../i18n.ts'

/** 40 分, 1 小时, 1.5 小时, 80 分: short, as it stands in a narrow column. */
export const lengthText = (t: Translate, minutes: number): string =>
  minutes >= 60 && minutes % 30 === 0 ? t('visitDay:hours', { h: minutes / 60 }) : t('visits:minutes', { n: minutes })
