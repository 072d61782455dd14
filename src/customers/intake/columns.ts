import type { Refusal } from '../../lib/refused.ts'
import { suggesterOf } from '../../sheets/titles.ts'

/** What a column of a file can hold. */
export const intakeFields = [
  'name',
  'alias',
  'kind',
  'code',
  'phone',
  'contact',
  'province',
  'city',
  'district',
  'address',
  'email',
  'owner',
  'registeredOn',
  'companyType',
  'capital',
  'scope',
  'remark',
  'post',
  'wechat',
  'website',
  'plate',
  'distinction',
] as const
export type IntakeField = (typeof intakeFields)[number]

/** For each column of the file what it holds, or null for a column that is not taken over. */
export type Mapping = (IntakeField | null)[]

const manyColumns: ReadonlySet<IntakeField> = new Set(['phone', 'remark', 'alias', 'plate', 'contact'])

const titles: Record<IntakeField, string> = {
  name: '客户名称 企业名称 公司名称 单位名称 商户名称 客户全称 企业全称 公司全称 单位全称 客户姓名 姓名 名称 全称 客户 企业 公司 单位 company companyname customer customername name',
  alias: '客户简称 公司简称 企业简称 简称 别名 曾用名 shortname alias',
  kind: '客户类型 客户类别 客户性质 customertype kind',
  code: '统一社会信用代码 社会信用代码 统一信用代码 信用代码 营业执照号 营业执照号码 营业执照注册号 执照号 工商注册号 注册号 组织机构代码 机构代码 纳税人识别号 税号 身份证号 身份证号码 身份证 证件号码 证件号 证照号码 uscc code',
  phone:
    '联系电话 电话 电话号码 手机 手机号 手机号码 联系手机 联系方式 座机 固定电话 固话 公司电话 单位电话 企业电话 联系人电话 联系人手机 phone tel telephone mobile',
  contact: '联系人 联系人姓名 主要联系人 contact contactperson',
  province: '所在省份 所属省份 省份 省 province',
  city: '地区 所在地区 城市 所在城市 所属城市 地市 市 city',
  district: '区县 所属区县 所在区县 县区 区 县 district',
  address:
    '注册地址 地址 详细地址 联系地址 通讯地址 经营地址 公司地址 单位地址 企业地址 客户地址 办公地址 住所 住址 address',
  email: '邮箱 电子邮箱 电子邮件 email mail',
  owner: '归属业务员 业务员 客户经理 归属人 负责业务员 跟进人 owner',
  registeredOn: '注册日期 成立日期 成立时间 注册时间 founded',
  companyType: '企业类型 公司类型 企业性质 公司性质',
  capital: '注册资金 注册资本 capital',
  scope: '经营范围 主营业务 主营产品 scope',
  remark: '备注 说明 remark note notes',
  post: '职务 联系人职务 职位 联系人职位 岗位 post jobtitle position',
  wechat: '微信 微信号 微信号码 wechat weixin',
  website: '网址 网站 官网 公司网址 公司网站 企业网址 主页 website url homepage',
  plate: '车牌 车牌号 车牌号码 车号 plate platenumber licenseplate',
  distinction: '与已有客户的区别 与已有客户区别 区别 区别说明 distinction',
}

const wordsInTitles: [IntakeField, RegExp][] = [
  ['name', /(?:客户|企业|公司|单位|商户)的?(?:名称|全称|名)$/u],
  ['code', /信用代码|注册号|身份证|纳税人识别号|机构代码/u],
  ['phone', /电话|手机/u],
  ['address', /地址|住所/u],
]

/** CUS-15: what each column seems to hold. */
export const suggestMapping: (header: readonly string[]) => Mapping = suggesterOf({
  titles,
  words: wordsInTitles,
  many: manyColumns,
})

/** Tells the header of a file from a title above it. */
export function looksLikeHeader(cells: string[]): boolean {
  const found = suggestMapping(cells).filter((field) => field !== null)
  return found.includes('name') || found.length >= 3
}

/** CUS-15: a file needs a name column, and one column for each field that can be held only once. */
export function mappingProblems(mapping: Mapping): Refusal[] {
  const problems: Refusal[] = []
  if (!mapping.includes('name')) problems.push({ rule: 'CUS-15', reason: 'customers:refused.mappingNameless' })
  for (const field of intakeFields)
    if (!manyColumns.has(field) && mapping.filter((other) => other === field).length > 1)
      problems.push({ rule: 'CUS-15', reason: 'customers:refused.mappingTwice', field })
  return problems
}
