import { divisionsWithin, findDivision, type Division, type Place } from '../lib/divisions.ts'
import type { DivisionsQuery } from './forms.ts'

/** CUS-10: what may follow in a form, as far as province and city are typed; the same as a page to look codes up in. */
export function divisionsPage({ province, city }: DivisionsQuery) {
  const outer = known(findDivision({ province: province || null, city: null, district: null }))
  const inner = known(findDivision({ province: province || null, city: city || null, district: null })) ?? outer
  const [cities, direct] = parted(outer?.code ? divisionsWithin(outer.code) : [])
  return {
    province: outer?.province ?? null,
    city: inner?.city ?? null,
    lists: [
      { name: 'province', options: divisionsWithin(null).map((place) => optionOf(place, { province: place.full })) },
      {
        name: 'city',
        options: cities.map((place) => optionOf(place, { province: outer!.province!, city: place.full })),
      },
      {
        name: 'district',
        options: (inner?.city ? parted(divisionsWithin(inner.code))[1] : direct).map((place) => optionOf(place)),
      },
    ],
  }
}

const known = (found: ReturnType<typeof findDivision>): Division | null => ('unknown' in found ? null : found)

const parted = (places: Place[]): [Place[], Place[]] => [
  places.filter(({ level }) => level === 'city'),
  places.filter(({ level }) => level === 'county'),
]

function optionOf({ full, code }: Place, inside?: Record<string, string>) {
  return { name: full, code, ...(inside ? { href: `/divisions?${new URLSearchParams(inside).toString()}` } : {}) }
}
