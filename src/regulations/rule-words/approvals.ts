import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'approvals'> = {
  'APR-01': {
    title: '审批一套办法',
    text: '所有审批都用同一套办法：一份申请，按顺序的步骤，每步由某个范围内的角色或指定的人决定：同意、退回修改、不同意。退回和不同意须写理由。申请写明原来与改后，只对这一件、这一金额有效，用过一次就没有了。某一步没有别人担任那个角色时，转给规定的后备角色。{approvals_expiry_days}内没有办完的申请过期。',
    article: '第 18、23 条',
    source: '《客户档案管理制度》第 18、23 条（逐级审批）；产品补充规定',
    acts: { '/approvals': '列出等我审批的申请', '/approvals/:number': '同意、退回、不同意、撤回、加签' },
  },
  'APR-02': {
    title: '决定与生效同时',
    text: '决定和它的结果同时生效，或者都不生效。两人同时办同一步，只有一个算数，另一个会看到谁在什么时候已经办了。已撤回、已作废的申请不能再审批；提交以后对象有改动的，申请作废或按新的内容重新提交。',
    article: '补充',
    source: '产品补充规定',
    acts: { '/approvals/:number': '先办的算数；对象改过的不能照旧批准' },
  },
  'APR-03': {
    title: '待办在一处',
    text: '等一个人办的事都在一处：等了多久、时限、哪条规则、决定所需的事实都在一屏；同类的可以一起办，键盘能办完。',
    article: '补充',
    source: '产品补充规定',
    acts: { '/approvals': '按种类排队，键盘 j k a r x o', '/': '今日按队列列出' },
  },
  'APR-04': {
    title: '授权代办',
    text: '一个人可以把本人有权审批的、指明种类的审批交给同事代办一段时间，最长{approvals_delegation_days}；决定上写明“谁代谁”，双方都收到通知，随时可以提前结束。同一种类的时间不能重叠；代办的人不能再转给别人，也不能借此审批自己提交的申请；角色互斥的人不能互相代办。账户暂停或停用时，授权不起作用。',
    article: '补充',
    source: '产品补充规定',
    acts: {
      '/delegations/new': '限定种类和期间，不许重叠，互斥的角色不能代办',
      '/delegations': '列出给出的和受托的，可以提前结束',
      '/approvals/:number': '代办的决定写两个人的名字',
    },
  },
  'APR-05': {
    title: '审批时限',
    text: '每一步的时限是{approvals_step_days}；到期前提醒，逾期后再过{approvals_senior_days}还没有办，上一级也可以办，并通知上一级。',
    article: '补充',
    source: '产品补充规定',
    acts: { '/approvals': '每份申请带时限', '/deadlines': '逾期的审批' },
  },
}

export const en: ChapterWords<'approvals'> = {
  'APR-01': {
    title: 'One way to approve',
    text: 'Every approval goes the same way: a request, steps in order, each decided by a role in its scope or by a named person: approve, return for change, refuse. Returning and refusing need a reason. A request shows old and new side by side, holds for this one thing and amount, and is used up once. Where nobody else holds the role of a step, it goes to the role named for that. A request not decided within {approvals_expiry_days} expires.',
    article: 'art. 18, 23',
    source: 'Customer file management, art. 18 and 23 (approval by levels); the product’s own rule',
    acts: {
      '/approvals': 'Lists what waits for me',
      '/approvals/:number': 'Approve, return, refuse, withdraw, ask a colleague to sign',
    },
  },
  'APR-02': {
    title: 'Decision and effect together',
    text: 'A decision and its effect happen together or not at all. Of two people deciding one step, one counts, and the other is told who decided and when. A withdrawn or void request cannot be approved; when its object was changed after filing, a request is void or asks anew for what there is now.',
    article: 'own',
    source: 'The product’s own rule',
    acts: { '/approvals/:number': 'The first decision counts; a changed object is not approved as it was' },
  },
  'APR-03': {
    title: 'One inbox',
    text: 'Whatever waits for a person stands in one place: how long it has waited, its deadline, its rule and the facts needed to decide on one screen; several like ones are decided together, by keyboard if wanted.',
    article: 'own',
    source: 'The product’s own rule',
    acts: { '/approvals': 'Queues by kind; keys j k a r x o', '/': 'Today lists the queues' },
  },
  'APR-04': {
    title: 'Delegation',
    text: 'A person hands named kinds of approval, which must be theirs to decide, to a colleague for a time of at most {approvals_delegation_days}; a decision shows who signed for whom, both are told, and it can be ended at any time. Periods of one kind cannot overlap; whoever signs for another cannot pass that on, nor decide what they asked for themselves; roles that exclude one another are not lent. While one of the two accounts is suspended or disabled, the delegation has no effect.',
    article: 'own',
    source: 'The product’s own rule',
    acts: {
      '/delegations/new': 'Held to its kinds and days; overlaps and roles that exclude one another are refused',
      '/delegations': 'Shows those given and received, and ends them',
      '/approvals/:number': 'A decision for another shows both names',
    },
  },
  'APR-05': {
    title: 'Time for a step',
    text: 'Each step has {approvals_step_days}; those who can decide are reminded before, and when it is still open {approvals_senior_days} after it was due, the next senior is told and may decide as well.',
    article: 'own',
    source: 'The product’s own rule',
    acts: { '/approvals': 'Each request shows its deadline', '/deadlines': 'Approvals that are late' },
  },
}
