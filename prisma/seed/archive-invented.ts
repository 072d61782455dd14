import type { ItemMedium, ItemState, ItemType, Retention, SecrecyLevel } from '../client/enums.ts'

// Papers that could lie in any customer's file, about things nobody trades in.
const things =
  '云锦屏风 墨玉棋盘 听雪琴弦 青瓷水注 鹤羽纱帐 松烟墨锭 竹节台灯 莲纹铜炉 月白宣纸 藏蓝绸缎 梧桐木箱 山泉酒曲 朱砂印泥 沉香折扇 冷链渡船 石桥护栏 茶山索道 桂花糖浆 鲸油灯塔 星图罗盘'.split(
    ' ',
  )
const turns = '首期 二期 三期 年度 季度 追加 变更 补充 续签 试用'.split(' ')
const papers: [string, ItemType][] = [
  ['供货合同', 'contract'],
  ['框架合同', 'contract'],
  ['安装合同', 'contract'],
  ['保密协议', 'agreement'],
  ['服务协议', 'agreement'],
  ['经办人身份证明', 'identity'],
  ['营业执照副本', 'licence'],
  ['额度申请书', 'application'],
  ['进场表单', 'form'],
  ['往来函件', 'letter'],
  ['现场调查报告', 'report'],
  ['立项审批单', 'approval_paper'],
  ['收款回单', 'receipt'],
  ['交付照片', 'photo'],
]

const spread = (serial: number, salt: number) => Math.imul(serial ^ (salt * 0x9e3779b1), 0x85ebca6b) >>> 8
const among = <T>(list: readonly T[], serial: number, salt: number): T => list[spread(serial, salt) % list.length]!

/** Of a hundred items 80 are internal, 14 secret, 5 confidential, 1 top secret; the same for the same serial. */
export function inventedItem(serial: number): {
  title: string
  type: ItemType
  secrecy: SecrecyLevel
  medium: ItemMedium
  retention: Retention
  state: ItemState
  pages: number
} {
  const [paper, type] = among(papers, serial, 3)
  const share = spread(serial, 11) % 100
  const fate = spread(serial, 17) % 500
  return {
    title: `${among(things, serial, 5)}${among(turns, serial, 7)}${paper}`,
    type,
    secrecy: share < 80 ? 'internal' : share < 94 ? 'secret' : share < 99 ? 'confidential' : 'top_secret',
    medium: spread(serial, 13) % 5 === 0 ? 'electronic' : 'paper',
    retention: among(['years10', 'years10', 'years30', 'permanent'] as const, serial, 19),
    state: fate === 0 ? 'missing' : 'in_place',
    pages: 1 + (spread(serial, 23) % 24),
  }
}
