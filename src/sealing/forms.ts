import { z } from 'zod'

/** The file of an exported head comes beside it, if any. */
export const checkForm = z.strictObject({})
