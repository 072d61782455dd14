import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '其他地址',
  noteAndVerified: '备注 · 核实',
  none: '除了登记的地址，没有别的地址。',
  act: { add: '新增地址', save: '保存地址', correct: '更正地址', remove: '移除地址', keep: '不移除' },
  removing: '移除后不再列出、不再用来查找；历史里仍查得到。',
  field: {
    use: '用途',
    province: '省份',
    city: '城市',
    district: '区县',
    address: '地址',
    note: '备注',
    reason: '移除的原因',
    way: '怎么知道的',
    wayNote: '说明',
    version: '版本',
  },
  use: { office: '办公', service: '服务', delivery: '收货', billing: '账单', home: '住址', other: '其他用途' },
  hint: {
    address: '街道、门牌、楼、单元、室；开发区、工业园区也写在这里。',
    note: '例如“17 点前收货”“从北门进”。',
    reason: '例如“已搬走”“写错了客户”。',
  },
  notice: { added: '已加上地址。', corrected: '地址已更正。', removed: '已移除地址。' },
  refused: {
    province: '国家标准里没有“{text}”这个省。请从列表里选，或先空着。',
    city: '“{text}”不是这个省的地市。请从列表里选，或先空着。',
    district: '没有找到区县“{text}”，或有几处同名。请从列表里选；开发区、工业园区写在地址里，这里空着。',
    changedMeanwhile: '没有移除：这个地址刚被别人改过。请重新打开，看过以后再移除。',
  },
  history: {
    'address.added': '新增地址',
    'address.corrected': '更正地址',
    'address.removed': '移除地址',
  },
}

export const en: SameShape<typeof zh> = {
  title: 'Further addresses',
  noteAndVerified: 'Note · verified',
  none: 'No address beside the one on record.',
  act: {
    add: 'Add address',
    save: 'Save address',
    correct: 'Correct address',
    remove: 'Remove address',
    keep: 'Keep it',
  },
  removing: 'A removed address is no longer listed or found by search; the history keeps it.',
  field: {
    use: 'Use',
    province: 'Province',
    city: 'City',
    district: 'District',
    address: 'Address',
    note: 'Note',
    reason: 'Reason for removing',
    way: 'How it is known',
    wayNote: 'Details',
    version: 'Version',
  },
  use: {
    office: 'Office',
    service: 'Service',
    delivery: 'Delivery',
    billing: 'Billing',
    home: 'Home',
    other: 'Other use',
  },
  hint: {
    address: 'Street, number, building, unit, room; a development zone or industrial park, too.',
    note: 'Such as “delivery until 17:00”, “by the north gate”.',
    reason: 'Such as “has moved”, “wrong customer”.',
  },
  notice: { added: 'Address added.', corrected: 'Address corrected.', removed: 'Address removed.' },
  refused: {
    province: 'The national standard has no province “{text}”. Choose from the list, or leave it empty.',
    city: '“{text}” is no city of this province. Choose from the list, or leave it empty.',
    district:
      'No district “{text}”, or several of that name. Choose from the list; a development zone goes into the address, and this stays empty.',
    changedMeanwhile: 'Not removed: somebody has just changed this address. Open it again, then decide.',
  },
  history: {
    'address.added': 'address added',
    'address.corrected': 'address corrected',
    'address.removed': 'address removed',
  },
}
