import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '导出客户',
  lede: '导出有编号，谁在何时导出了什么，都记入审计；遮盖的内容导出后仍是遮盖的。',
  what: '导出的客户',
  everything: '全部客户',
  columns: '列（名称总在第一列）',
  act: '导出',
  sheet: '客户',
  foot: '导出编号 {number}，{name} {staff}，{at}。只作工作之用，不得转交。',
  format: { xlsx: 'Excel（.xlsx）', csv: 'CSV（.csv）' },
  field: { format: '文件', columns: '列' },
  history: {
    'customer.exported': '导出客户',
    'customer.export_finished': '导出已取走',
    'customer.export_cut_off': '导出中途停下',
  },
}

export const en: SameShape<typeof zh> = {
  title: 'Export customers',
  lede: 'An export has a number; who took out what and when is kept in the trail. What is masked stays masked.',
  what: 'Customers exported',
  everything: 'All customers',
  columns: 'Columns (the name is always first)',
  act: 'Export',
  sheet: 'Customers',
  foot: 'Export {number}, {name} {staff}, {at}. For work only; not to be passed on.',
  format: { xlsx: 'Excel (.xlsx)', csv: 'CSV (.csv)' },
  field: { format: 'File', columns: 'Columns' },
  history: {
    'customer.exported': 'customers exported',
    'customer.export_finished': 'export fetched',
    'customer.export_cut_off': 'export cut off',
  },
}
