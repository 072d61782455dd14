import type { Refusal } from '../lib/refused.ts'
import { brokenCharacters, cleanText, fold, looksGarbled, plainBrackets } from '../lib/text.ts'
import { isRegion, withoutRegion } from './places.ts'
import { splitTrade } from './trades.ts'

export type Kind = 'organisation' | 'person'

export type Name = {
  /** as on the licence: what was typed, tidied */
  shown: string
  /** for telling whether two names are the same to the letter */
  folded: string
  /** 字号 + 行业: for telling whether two names may mean the same customer */
  core: string
  tradeName: string
  line: string
  /** the English name of `中文名(英文名)` */
  english: string | null
  /** another name given in brackets at the end: 简称, 第二名称 … */
  alias: string | null
}

export const longestName = 120

/** CUS-03: what is kept of a name, and what it is compared by. */
export function normaliseName(name: string, kind: Kind = 'organisation'): Name {
  const shown = showName(name)
  const { main, english, alias } = parts(shown)
  const folded = fold(main) || shown
  if (kind === 'person') return { shown, folded, core: folded, tradeName: folded, line: '', english, alias }
  const core = han.test(main) ? chineseCore(main) : { tradeName: latinCore(main), line: '', branch: '' }
  const joined = core.tradeName + core.line + core.branch
  if (joined === '') return { shown, folded, core: folded, tradeName: folded, line: '', english, alias }
  return { shown, folded, core: joined, tradeName: core.tradeName, line: core.line, english, alias }
}

/** CUS-03: an organisation's name is 中文名 or 中文名(英文名); a Latin name stands alone only where no Chinese one exists. */
export function nameProblems(name: string, kind: Kind, { noChineseName = false } = {}): Refusal[] {
  const shown = showName(name)
  const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal[] => [
    { rule: 'CUS-03', reason, field: 'name', ...(params && { params }) },
  ]
  if (shown === '') return [{ rule: 'CUS-04', reason: 'customers:refused.nameMissing', field: 'name' }]
  if (brokenCharacters(name).some((character) => !privateUse.test(character)) || looksGarbled(name))
    return refuse('customers:refused.nameBroken')
  if (shown.length > longestName) return refuse('customers:refused.nameTooLong', { most: longestName })
  const joined = joinedNames(shown, kind)
  if (joined > 1) return refuse('customers:refused.nameJoined', { names: joined })
  if (!/\p{L}/u.test(shown)) return refuse('customers:refused.nameWordless')
  if (kind === 'person') return []
  if (!han.test(shown)) return noChineseName ? [] : refuse('customers:refused.nameLatin')
  if (reversed.test(shown) && !isRegion(reversed.exec(shown)![1]!)) return refuse('customers:refused.nameReversed')
  if ((shown.match(/\p{L}/gu) ?? []).length < 2) return refuse('customers:refused.nameTooShort')
  return []
}

/** 桃源里机电厂 does, 林九色 does not: by the word it ends with. */
export function soundsLikeOrganisation(name: string): boolean {
  return organisation.test(showName(name).replace(/（[^（）]*）$/u, ''))
}

const han = /\p{Script=Han}/u
const privateUse = /\p{Co}/u
const reversed = /^[^\p{Script=Han}（]+（(.*\p{Script=Han}.*)）$/u

function showName(name: string): string {
  const clean = plainBrackets(cleanText(name))
    .replace(/[·•‧∙・･]/gu, '·')
    .replace(/\s*([()])\s*/gu, '$1')
    .replace(/(?<=[\p{Script=Han})])\s+(?=[\p{Script=Han}(])/gu, '')
  if (!han.test(clean)) return clean.replace(/(?<=\S)\(/gu, ' (').replace(/\)(?=\S)/gu, ') ')
  const tidy = clean.replace(/(?<=[\p{Script=Han})])[.。,，;；:：、!！]+$/u, '')
  const english = /\([^()\p{Script=Han}]*[A-Za-z]{2}[^()\p{Script=Han}]*\)$/u.exec(tidy)?.[0] ?? ''
  const chinese = tidy.slice(0, tidy.length - english.length)
  return chinese.replace(/\(/gu, '（').replace(/\)/gu, '）') + english
}

function parts(shown: string): { main: string; english: string | null; alias: string | null } {
  const english = han.test(shown) ? /\(([^()]+)\)$/u.exec(shown) : null
  const main = english ? shown.slice(0, english.index) : shown
  const second =
    /^(.{4,}?)（(?:第二名称|从属名称|别名|简称|曾用名|原名|又名)?[:：]?([^（）]{4,})(?:（[^（）]*）)?）$/u.exec(main)
  const alias = second && organisation.test(second[2]!) && !corporate.test(second[2]!) ? second[2]! : null
  return { main: alias ? second![1]! : main, english: english?.[1] ?? null, alias }
}

/** Several names in one field: 甲公司/乙公司. A/S, 24/7 and 收购、农药门市 are one name. */
function joinedNames(shown: string, kind: Kind): number {
  const outside = shown.replace(/[(（][^()（）]*[)）]/gu, '')
  const bySlash = outside.split(/(?:(?<!\d)[/／]|[/／](?!\d)|[\\|;；])+/u).map((part) => part.trim())
  if (bySlash.length > 1 && bySlash.every((part) => /\p{Script=Han}{2}|\p{L}{3}/u.test(part))) return bySlash.length
  const byComma = outside.split(/[、，,]+/u).map((part) => part.trim())
  const complete = kind === 'person' ? /^\p{Script=Han}{2,4}$/u : /\p{Script=Han}{2}(?:公司|厂|合作社|事务所)$/u
  return byComma.length > 1 && byComma.every((part) => complete.test(part)) ? byComma.length : 1
}

const organisation =
  /(?:公司|厂|店|社|行|部|所|站|院|校|馆|楼|场|处|局|会|中心|集团|酒店|酒家|超市|门市|药房|银行|支局|市场|广场|大厦|合伙）?|点|亭|庄|房|室|坊|矿|园|城|队|台|委)$/u
const corporate =
  /^(?:集团|控股|股份|(?:特殊)?普通合伙|有限合伙|个体(?:工商户)?|责任|(?:股份)?有限(?:责任)?(?:公司)?|集团有限公司|外资|独资|合资|中外合[资作]|内资|个人独资|非法人|总部|原)$/u
const form = '(?:企业集团|集团)?(?:股份制?)?(?:有限(?:责任)?)?(?:总)?公司'
const formAtEnd = new RegExp(`(?:${form}|企业集团|集团|控股)$`, 'u')
const onlyForm = new RegExp(`^(?:${form})?$`, 'u')
const shopAtEnd =
  /(?:(?:农民)?专业合作社|合作联社|联合社|合作社|门市部|经营部|营业部|服务部|销售部|批发部|供应站|商店|商行|商场|门市|分店|连锁店|专卖店|总店|总厂|分厂|厂|(?<![酒饭书粮])店)$/u

function chineseCore(main: string): { tradeName: string; line: string; branch: string } {
  const name = withoutBrackets(plainBrackets(main).replace(/\s+/gu, ''))
  const { head, branch } = splitBranch(name)
  const { rest, place } = withoutRegion(head)
  const bare = fold(withoutForm(onlyForm.test(rest) ? head : rest))
  const split = splitTrade(bare)
  // 胶北县自来水公司: what is left says only the trade. 桃源里机电: a trade name has two characters and more, so 桃源 was
  // no place here. Either way the place is what tells it from others.
  if (split.tradeName.length < 2)
    return { tradeName: fold(place ?? '') + split.tradeName, line: split.line, branch: fold(branch) }
  return { ...split, branch: fold(branch) }
}

/** (集团), (普通合伙) and regions go; other words in brackets are part of the name: 兽药(原料)厂. */
function withoutBrackets(name: string): string {
  let text = name
  for (let round = 0; round < 3 && text.includes('('); round++)
    text = text.replace(/\(([^()]*)\)/gu, (_, inner: string) =>
      corporate.test(inner) ? (inner === '责任' ? inner : '') : isRegion(inner) ? '' : inner,
    )
  return text.replace(/[()]/gu, '')
}

/** A branch is another customer than its company: 望海银行股份有限公司桃江支行 keeps 桃江支行. */
function splitBranch(name: string): { head: string; branch: string } {
  const found = /^.*?(?<![分支子])公司/u.exec(name)?.[0] ?? ''
  const branch = name.slice(found.length)
  if (found === '' || branch === '') return { head: name, branch: '' }
  return { head: found, branch: branch.replace(/(?<=.)(?:分|支)公司$/u, '') }
}

/** 有限公司, 控股集团有限公司 or 塑料厂's 厂 go, as long as two characters stay. */
function withoutForm(name: string): string {
  const shorter = (from: string, end: RegExp) => {
    const rest = from.replace(end, '')
    return rest.length >= 2 ? rest : from
  }
  const rest = shorter(shorter(name, formAtEnd), formAtEnd)
  return rest === name ? shorter(name, shopAtEnd) : rest
}

function latinCore(name: string): string {
  const words = name.toLowerCase().split(/[\s,.()]+/u)
  const kept = words.filter((word, at) => at === 0 || !latinForms.has(word))
  return fold(kept.join(''))
}

const latinForms = new Set(
  'co ltd limited inc incorporated corp corporation company llc llp gmbh ag sa bv nv plc pte pty kk sarl spa oy ab group holding holdings the and'.split(
    ' ',
  ),
)
