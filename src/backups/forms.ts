import { z } from 'zod'

export const emptyForm = z.strictObject({})
