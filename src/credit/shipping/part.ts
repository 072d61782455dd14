import type { Part } from '../releases/page/parts.ts'
import { releasePolicy } from '../policy.ts'

/** What the warehouse does with a release: load it, and take its paper along. */
export const shippingPart: Part = {
  acts: (actor, release) => {
    const home = `/releases/${release.number}`
    const out = release.state === 'released'
    return [
      ...(out && releasePolicy.ship(actor, release)
        ? [
            {
              href: `${home}/shipping`,
              word: 'shipping:act.confirm' as const,
              rank: 'next' as const,
              how: 'drawer' as const,
            },
          ]
        : []),
      ...(out || release.state === 'shipped'
        ? [{ href: `${home}.pdf`, word: 'shipping:act.print' as const, icon: 'print', how: 'file' as const }]
        : []),
    ]
  },
}
