import type { ParameterName } from './parameters.ts'
import type { Chapter } from './register.ts'
import * as accounts from './rule-words/accounts.ts'
import * as approvals from './rule-words/approvals.ts'
import * as audit from './rule-words/audit.ts'
import * as calendar from './rule-words/calendar.ts'
import * as customers from './rule-words/customers.ts'
import * as people from './rule-words/people.ts'
import * as pool from './rule-words/pool.ts'
import * as privacy from './rule-words/privacy.ts'
import * as regulation from './rule-words/regulation.ts'
import * as tasks from './rule-words/tasks.ts'

type Underlined<N extends string> = N extends `${infer Feature}.${infer Rest}` ? `${Feature}_${Rest}` : N
type Parameters = Record<Underlined<ParameterName>, string>
type Chapters = Record<Chapter, string>

export const zh = {
  chapter: {
    calendar: '工作日与时限',
    customers: '客户档案',
    pool: '冲突与公海',
    tasks: '任务与承诺',
    approvals: '审批',
    privacy: '隐私与保密',
    people: '人员与权限',
    accounts: '账户',
    audit: '留痕与审计',
    regulation: '制度本身',
  } satisfies Chapters,
  parameter: {
    accounts_password_length: '密码最短长度',
    accounts_tries: '锁定前连错次数',
    accounts_lock_minutes: '锁定时间',
    accounts_idle_minutes: '无操作自动退出时间',
    accounts_session_hours: '一次登录最长时间',
    accounts_one_time_days: '一次性密码有效期',
    auth_profile: '账户保护档次',
    auth_second_factor: '必须有第二因素的人',
    auth_rotation_days: '密码最长使用时间',
    auth_step_up_minutes: '要紧操作前再次验证的间隔',
    approvals_step_days: '每一步审批的时限',
    approvals_senior_days: '逾期后几天上一级可办',
    approvals_expiry_days: '申请的有效期',
    calendar_office_hours: '办公时间',
    calendar_weekdays: '每周工作日',
    deadlines_soon_share: '算将到期的剩余时间',
    customers_confirm_days: '新建客户的确认时限',
    customers_confirm_imported_days: '导入客户的确认时限',
    customers_confirm_ladder: '逾期未确认的上报阶梯',
    customers_undo_seconds: '改归属的撤销时间',
    customers_verify_months: '核实期限',
    customers_verify_ladder: '逾期未核实的上报阶梯',
    customers_printed_history: '打印经过的上限',
    privacy_shown_seconds: '全文显示时间',
    privacy_unmaskings_an_hour: '每人每小时查看上限',
    privacy_reason_length: '查看理由最短长度',
  } satisfies Parameters,
  ...accounts.zh,
  ...approvals.zh,
  ...audit.zh,
  ...calendar.zh,
  ...customers.zh,
  ...people.zh,
  ...pool.zh,
  ...privacy.zh,
  ...regulation.zh,
  ...tasks.zh,
}

export const en: typeof zh = {
  chapter: {
    calendar: 'Working days and deadlines',
    customers: 'Customer files',
    pool: 'Conflicts and pool',
    tasks: 'Tasks and promises',
    approvals: 'Approvals',
    privacy: 'Privacy and secrecy',
    people: 'People and rights',
    accounts: 'Accounts',
    audit: 'Trail and audit',
    regulation: 'The regulations themselves',
  },
  parameter: {
    accounts_password_length: 'Shortest password',
    accounts_tries: 'Wrong passwords before locking',
    accounts_lock_minutes: 'Locked for',
    accounts_idle_minutes: 'Idle time before signing out',
    accounts_session_hours: 'Longest session',
    accounts_one_time_days: 'One-time password valid for',
    auth_profile: 'Protection of accounts',
    auth_second_factor: 'Who must have a second factor',
    auth_rotation_days: 'Longest use of a password',
    auth_step_up_minutes: 'Asked again before weighty acts after',
    approvals_step_days: 'Time to decide a step',
    approvals_senior_days: 'Days after which the senior may decide',
    approvals_expiry_days: 'A request is valid for',
    calendar_office_hours: 'Office hours',
    calendar_weekdays: 'Working days of the week',
    deadlines_soon_share: 'Time left when due soon',
    customers_confirm_days: 'Time to confirm a new customer',
    customers_confirm_imported_days: 'Time to confirm an imported customer',
    customers_confirm_ladder: 'Whom to tell if not confirmed',
    customers_undo_seconds: 'Time to undo a change of owner',
    customers_verify_months: 'Time between verifications',
    customers_verify_ladder: 'Whom to tell if not verified',
    customers_printed_history: 'History lines printed at most',
    privacy_shown_seconds: 'A value is shown for',
    privacy_unmaskings_an_hour: 'Values one person may see per hour',
    privacy_reason_length: 'Shortest reason for seeing a value',
  },
  ...accounts.en,
  ...approvals.en,
  ...audit.en,
  ...calendar.en,
  ...customers.en,
  ...people.en,
  ...pool.en,
  ...privacy.en,
  ...regulation.en,
  ...tasks.en,
}
