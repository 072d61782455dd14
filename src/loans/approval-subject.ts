/** loan_application:12 → 12 */
export const idIn = (subject: string): bigint => BigInt(subject.slice('loan_application:'.length))
