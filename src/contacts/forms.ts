import { z } from 'zod'
import { BirthCalendar } from '../../prisma/client/enums.ts'
import { sourceFields } from '../verifications/source.ts'
import { checkbox, optionalChoice, optionalText, text, version } from '../web/fields.ts'

const calendars = Object.values(BirthCalendar) as ['solar', 'lunar']

export const newContactForm = z.strictObject({
  name: text({ min: 1, max: 60 }),
  post: optionalText({ max: 60 }),
  phones: optionalText({ max: 200 }),
  email: optionalText({ max: 254 }),
  wechat: optionalText({ max: 60 }),
  birthCalendar: optionalChoice(calendars),
  birthday: optionalText({ max: 40 }),
  note: optionalText({ max: 500 }),
  main: checkbox(),
  distinction: optionalText({ max: 200 }),
})
export type NewContact = z.infer<typeof newContactForm>

export const contactForm = newContactForm.extend({ ...sourceFields, version: version() })
export type ContactCorrection = z.infer<typeof contactForm>

export const removalForm = z.strictObject({ reason: text({ min: 1, max: 200 }), version: version() })
export type Removal = z.infer<typeof removalForm>
