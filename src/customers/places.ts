import { places, type Place } from '../lib/divisions.ts'

/** What follows the region, and the last place in it, without its 省, 市 or 县. */
export type Region = { rest: string; place: string | null }

/**
 * Takes the region off the front of a name: 江西省吉安市永丰县…, 恩施州…, 大连经济技术开发区…. A place written without
 * its 省, 市 or 县 counts when it stands inside the place before it, or first and is not also an everyday word.
 */
export function withoutRegion(name: string): Region {
  let rest = name
  let within: Place | null = null
  let place: string | null = null
  for (let level = 0; level < 4; level++) {
    const step = firstPlace(rest, within)
    if (!step) break
    within = step.place ?? within
    place = step.place?.bare ?? rest.slice(0, -step.rest.length || undefined).replace(/(?:[市县镇乡]|街道)$/u, '')
    rest = step.rest
  }
  return { rest: place ? rest.replace(zone, '') : rest, place }
}

/** 大连, 广东省深圳市, and words for wider regions, as they stand in brackets: 九色鹿(重庆)食品. */
export function isRegion(text: string): boolean {
  return wider.test(text) || withoutRegion(text).rest === ''
}

/** 江苏, 江苏省 or 广西自治区 by its whole name; null when it is no province. */
export function provinceNamed(text: string): string | null {
  const plain = text.replace(/(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$/u, '')
  return byBare.get(plain)?.find((place) => place.level === 'province')?.full ?? null
}

function firstPlace(name: string, within: Place | null): { place: Place | null; rest: string } | null {
  for (let length = Math.min(longest, name.length); length >= 2; length--) {
    const piece = name.slice(0, length)
    const rest = name.slice(length)
    const whole = byFull.get(piece)
    if (whole && !continues(piece, rest)) return { place: nearest(whole, within), rest }
    const bare = byBare.get(piece)
    if (!bare) continue
    const marked = mark.exec(rest)
    if (marked && !continues(marked[0], rest.slice(marked[0].length)))
      return { place: nearest(bare, within), rest: rest.slice(marked[0].length) }
    if (within ? bare.some((place) => isInside(place, within)) : standsAlone(bare))
      return { place: nearest(bare, within), rest }
  }
  const unlisted = (within ? town : county).exec(name)
  return unlisted && { place: null, rest: name.slice(unlisted[0].length) }
}

const standsAlone = (candidates: Place[]) =>
  candidates.some((place) => place.level !== 'county') ||
  (!everyday.has(candidates[0]!.bare) && (candidates.length === 1 || !candidates[0]!.full.endsWith('区')))

const nearest = (candidates: Place[], within: Place | null) =>
  candidates.find((place) => within !== null && isInside(place, within)) ?? candidates[0]!

function isInside(place: Place, outer: Place): boolean {
  for (let step = place.within; step; step = step.within) if (step === outer) return true
  return false
}

/** 上海市政工程 is 上海 + 市政, 青岛市场 is 青岛 + 市场. */
const continues = (piece: string, rest: string) =>
  notAMark.some(([end, next]) => piece.endsWith(end) && next.test(rest))

const notAMark: [string, RegExp][] = [
  ['市', /^[场政容民话]/u],
  ['区', /^[域块]/u],
  ['县', /^域/u],
  ['省', /^[钱心时]/u],
  ['州', /^际/u],
]

const mark = /^(?:特别行政区|自治[区州县旗]|地区|新区|[省市区县州盟旗])/u
const county = /^(?!.?[城超都夜股集早花牛].{0,1}市)\p{Script=Han}{2}(?:县|市(?![场政容民话]))/u
const town = /^(?![\p{Script=Han}]?[城水侨故家])\p{Script=Han}{2,3}?(?:镇|乡(?!镇)|街道)(?!村)/u
const zone =
  /^(?:(?:国家)?(?:经济技术|高新技术产业|高新技术|高技术产业|经济|高新|旅游|工业)?开发区|高新区|经开区|保税区|工业园区?|新区)/u
const wider = /^(?:中国|全国|亚洲|亚太|华[东南西北中]|东北|西[北南]|大中华|大陆|香港|澳门|台湾)$/u

const everyday = new Set(
  (
    '东方 西山 兴业 东风 平安 新华 华安 方正 中和 太平 广信 华龙 卧龙 仁和 大通 永安 安源 岚山 长安 和平 红旗 新民 永丰 永兴 永和 永康 永福 永胜 永泰 兴隆 兴安 兴和 ' +
    '兴国 兴庆 兴城 万年 万源 宝丰 宝山 新丰 新兴 新乐 新余 富裕 富民 富源 长丰 长乐 长城 长兴 金湖 金阳 金川 金塔 金沙 金山 金牛 金水 金台 金凤 金秀 金堂 龙华 龙山 龙井 龙泉 龙门 龙湾 ' +
    '华容 华亭 华宁 华阴 华龙 天元 天桥 天山 天河 天宁 天心 天涯 天全 大观 大丰 大方 大兴 光明 光山 福山 福田 海港 海城 银海 凤凰 凤翔 凤台 昌乐 昌平 安平 安宁 安康 安居 吉利 吉安 开发 ' +
    '红星 建设 民乐 民权 民丰 民和 同心 互助 通道 友好 向阳 前进 胜利 东城 西城 南城 北城 城关 城东 城西 城南 城北 海南 河南 江南 江北 河东 河西 天门 石门 石林 白云 青云 祥云 彩云 ' +
    '锦江 长江 黄河 泰山 黄山 庐山 华山 恒山 南山 东山 北山 钟山 雨花 文化 中原 中山 中心 鼓楼 银州 铁东 铁西 铁山 五华 三元 三江 双江 双龙 沙漠 乌兰 正阳 正宁 正安 定安 高新 顺河 顺昌 博爱 博兴'
  ).split(' '),
)

const longest = Math.max(...places.map((place) => place.full.length))
const byFull = group((place) => place.full)
const byBare = group((place) => place.bare)

function group(key: (place: Place) => string): Map<string, Place[]> {
  const groups = new Map<string, Place[]>()
  for (const place of places) groups.set(key(place), [...(groups.get(key(place)) ?? []), place])
  return groups
}
