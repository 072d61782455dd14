import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '审批',
  kind: {
    customer_confirmation: '确认建档',
    customer_key_fields: '客户关键字段',
    customer_assignment: '客户归属',
    regulation_change: '制度参数',
    role_grant: '角色授予',
  },
  state: {
    waiting: '待审批',
    approved: '已同意',
    returned: '已退回',
    refused: '不同意',
    withdrawn: '已撤回',
    expired: '已过期',
    void: '已作废',
  },
  field: { verdict: '决定', reason: '理由', version: '版本' },
  refused: {
    waitingAlready: '没有提交：同一事项已有 {number} 在审批，请等它办完，或先撤回它。',
    changedMeanwhile: '没有办：你打开以后，这份申请有了变化，请看过现在的内容再决定。',
    reason: '没有办：退回和不同意须写理由，让申请人知道怎么办。',
    own: '没有办：这是你提交的、或与你有关的申请，须由别人审批。',
    notYours: '没有办：这一步不由你审批。',
    ended: '没有办：{number} {state}，不能再审批。',
    decided: '没有办：{by} 已在 {at} 办过，{number} {state}。',
  },
  history: {
    'approval.filed': '提交审批',
    'approval.approved': '审批同意',
    'approval.returned': '审批退回修改',
    'approval.refused': '审批不同意',
    'approval.ended': '审批结束',
    'approval.refiled': '审批按新的内容重新提交',
  },
}

export const en: SameShape<typeof zh> = {
  title: 'Approvals',
  kind: {
    customer_confirmation: 'Confirmation of a customer',
    customer_key_fields: 'Key fields of a customer',
    customer_assignment: 'Owner of customers',
    regulation_change: 'Parameters of a rule',
    role_grant: 'Grant of a role',
  },
  state: {
    waiting: 'waiting',
    approved: 'approved',
    returned: 'returned',
    refused: 'refused',
    withdrawn: 'withdrawn',
    expired: 'expired',
    void: 'void',
  },
  field: { verdict: 'Decision', reason: 'Reason', version: 'Version' },
  refused: {
    waitingAlready: 'Not filed: {number} already asks for the same. Wait for its decision, or withdraw it first.',
    changedMeanwhile: 'Not done: the request changed after you opened it. Please decide on what it says now.',
    reason: 'Not done: returning and refusing need a reason, so that the applicant knows what to do.',
    own: 'Not done: you asked for this or it concerns you; somebody else decides.',
    notYours: 'Not done: this step is not yours to decide.',
    ended: 'Not done: {number} is {state} and can no longer be decided.',
    decided: 'Not done: {by} decided at {at}; {number} is {state}.',
  },
  history: {
    'approval.filed': 'asked for approval',
    'approval.approved': 'approved',
    'approval.returned': 'returned for change',
    'approval.refused': 'refused',
    'approval.ended': 'the request ended',
    'approval.refiled': 'the request took in what was changed',
  },
}
