import { divisionTable } from './division-table.ts'

export type Place = {
  full: string
  bare: string
  code: string
  level: 'province' | 'city' | 'county'
  within: Place | null
}

/** What a person typed, each part as far as it is known. */
export type TypedDivision = { province: string | null; city: string | null; district: string | null }

/** The same in full standard names; `code` is the GB/T 2260 code of the smallest one. */
export type Division = TypedDivision & { code: string | null }
export type UnknownDivision = { unknown: keyof TypedDivision; text: string }

/**
 * CUS-10: finds what was typed in GB/T 2260: 杭州 is 杭州市, 北京 has no city, 义乌市 typed as a city is the county it is.
 * What follows from a smaller division is filled in; a name that several places share is as unknown as a wrong one.
 */
export function findDivision(typed: TypedDivision): Division | UnknownDivision {
  const province = tidy(typed.province)
  const outer = province ? only(named(province, provinces)) : null
  if (province && !outer) return { unknown: 'province', text: province }
  const city = tidy(typed.city)
  const district = tidy(typed.district)
  if (outer && unlisted.test(outer.code)) return asTyped(outer, city, district)
  const middle = city ? (cityNamed(city, outer) ?? repeated(city, outer)) : outer
  if (city && !middle) return { unknown: 'city', text: city }
  const inner = district ? (countyNamed(district, middle) ?? repeated(district, middle)) : middle
  if (district && !inner) return { unknown: 'district', text: district }
  return inner ? divisionOf(inner) : { province: null, city: null, district: null, code: null }
}

/** What lies directly inside a division, for choosing; the provinces for null. */
export function divisionsWithin(code: string | null): Place[] {
  const place = code === null ? null : byCode.get(code)
  return place === undefined ? [] : (inside.get(place) ?? [])
}

export function divisionOf(place: Place): Division {
  const path: Division = { province: null, city: null, district: null, code: place.code.slice(0, 6) }
  for (let step: Place | null = place; step; step = step.within) path[fieldOf[step.level]] = step.full
  return path
}

function cityNamed(text: string, outer: Place | null): Place | null {
  const among = outer ? cities.filter(({ within }) => within === outer) : [...municipalities, ...cities]
  return only(named(text, among)) ?? countyNamed(text, outer)
}

/** Of towns only some are listed, so that the city must be known before one of them can be meant. */
function countyNamed(text: string, outer: Place | null): Place | null {
  if (outer?.level === 'city') return only(named(text, inside.get(outer) ?? []))
  return only(
    named(
      text,
      counties.filter((place) => place.code.length === 6 && (!outer || isInside(place, outer))),
    ),
  )
}

/** By the full name, else by the bare one, else as what was once a 县 and is a 市 or 区 today. */
function named(text: string, among: readonly Place[]): Place[] {
  const full = among.filter((place) => place.full === text)
  if (full.length > 0) return full
  const bare = among.filter((place) => place.bare === text)
  if (bare.length > 0 || fullNames.has(text)) return bare
  // 伊犁哈萨克 is what is left of 伊犁哈萨克自治州 in many lists.
  const stems = [bareName(text), bareName(`${text}自治州`)]
  return among.filter((place) => stems.includes(place.bare))
}

const only = (found: Place[]) => (found.length === 1 ? found[0]! : null)

/** 北京市 as the city of 北京市, 东莞市 as its own district, and the words that stand where no division does. */
function repeated(text: string, outer: Place | null): Place | null {
  const filler = /^(?:市辖区|县|(?:省|自治区)?直辖县(?:级行政(?:区划|单位))?)$/u
  return filler.test(text) || text === outer?.full || text === outer?.bare ? outer : null
}

/** 台湾, 香港, 澳门: nothing to compare with but the six cities that are listed. */
function asTyped(outer: Place, city: string | null, district: string | null): Division {
  const known = city && (only(named(city, inside.get(outer) ?? [])) ?? repeated(city, outer))
  const place = known === outer ? null : known ? known.full : city
  return { province: outer.full, city: place, district, code: outer.code }
}

function tidy(text: string | null): string | null {
  return text?.replace(/\s+/gu, '') || null
}

function isInside(place: Place, outer: Place): boolean {
  for (let step = place.within; step; step = step.within) if (step === outer) return true
  return false
}

function read(): Place[] {
  const all: Place[] = []
  const add = (name: string, prefix: string, level: Place['level'], within: Place | null) => {
    const [, digits = '', full = ''] = /^(\d+)(.+)$/u.exec(name)!
    const place: Place = { full, bare: bareName(full), code: (prefix + digits).padEnd(6, '0'), level, within }
    all.push(place)
    return place
  }
  for (const line of divisionTable.trim().split('\n')) {
    const [provinceName = '', ...parts] = line.split('|')
    const province = add(provinceName, '', 'province', null)
    const outer = provinceName.slice(0, 2)
    for (const part of parts) {
      const [cityName = '', ...names] = part.split(' ')
      const city = cityName.endsWith('-') ? province : add(cityName, outer, 'city', province)
      for (const name of names) add(name, outer + cityName.slice(0, 2), 'county', city)
    }
  }
  return all
}

const peoples =
  '满族|蒙古族?|回族|达斡尔族?|鄂伦春族?|鄂温克族?|朝鲜族|畲族|土家族|苗族|瑶族|侗族|壮族|各族|仫佬族|毛南族|黎族|羌族|彝族|藏族|仡佬族|布依族|水族|' +
  '哈尼族|傣族|纳西族|拉祜族|佤族|布朗族|白族|景颇族|傈僳族|独龙族|怒族|普米族|裕固族|哈萨克族?|土族|保安族|东乡族|撒拉族|柯尔克孜族?|塔吉克族?|锡伯族?|维吾尔族?'
const autonomous = new RegExp(`^(.{2,}?)(?:${peoples})*自治[区州县旗]$`, 'u')
const plain = /(?:特别行政区|行政委员会|新区|地区|矿区|林区|特区|[省市区县盟旗镇州])$/u

/** 恩施 for 恩施土家族苗族自治州, 桃江 for 桃江县; what would be left with one character keeps its 县 or 区. */
function bareName(full: string): string {
  const bare = autonomous.exec(full)?.[1] ?? full.replace(plain, '')
  return bare.length >= 2 ? bare : full
}

/** Every place, each province before its cities, each city before its counties. */
export const places: readonly Place[] = read()

const fieldOf = { province: 'province', city: 'city', county: 'district' } as const
const [provinces, cities, counties] = (['province', 'city', 'county'] as const).map((level) =>
  places.filter((place) => place.level === level),
) as [Place[], Place[], Place[]]
const inside = new Map<Place | null, Place[]>()
for (const place of places) inside.set(place.within, [...(inside.get(place.within) ?? []), place])
const byCode = new Map([...places].reverse().map((place) => [place.code, place]))
const fullNames = new Set(places.map(({ full }) => full))
const municipalities = provinces.filter(({ code }) => /^(?:11|12|31|50)/.test(code))
const unlisted = /^(?:71|81|82)/
