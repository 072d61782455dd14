import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'visits'> = {
  'VIS-01': {
    title: '月度拜访计划',
    text: '业务员每月在当月最后一个工作日下班前提交下月拜访计划，由部门负责人审批：批准、退回或不批准，可以整份也可以逐条。迟交的标明。各岗位每月要求的拜访次数：业务员 {visits_asked_sales} 次、部门负责人 {visits_asked_head} 次、区域经理 {visits_asked_area} 次、销售总监 {visits_asked_director} 次，计划上并列要求数和已排数。',
    article: '3.1(1) 条',
    source: '《客户拜访管理办法》2.3、3.1(1)',
    acts: {
      '/visits/plans': '各月计划：已交、未交、迟交，要求数和已排数',
      '/visits/plans/new': '从下月起编计划；编本月的算迟交',
      '/visits/plans/:number': '一份计划一页：月历、安排、要求数和已排数',
      '/visits/plans/:number/submission': '空的不能提交；少于要求的写明原因；迟交的标明',
      '/visits/plans/:number/decision': '部门负责人整份或逐条审批',
      '/visits/:number/report': '约下次时，那个月还没有编计划的就此开始编',
    },
  },
  'VIS-02': {
    title: '拜访写明什么',
    text: '每次拜访写明对象（业务往来客户、目标客户、潜在客户、同行业）、目的、时间、地点、双方人员、要谈的事、携带物品、费用和礼品。',
    article: '2.1 条',
    source: '《客户拜访管理办法》2.1、2.2、3.1',
    acts: {
      '/visits/new': '对象、目的、时间没有写明的不保存',
      '/visits/:number': '写明的全部在一页上',
      '/visits/plans/:number': '每次拜访写明的都在表里',
      '/visits/plans/:number/visits/new': '对象、目的、日期没有写明的不保存；不在这个月的不排',
      '/visits/plans/:number/visits/:visit': '改过的拜访同样写全',
      '/visits/templates/new': '定期去的客户设一次，每月带入计划',
    },
  },
  'VIS-03': {
    title: '先约再去',
    text: '拜访前先与客户约定；前一天还没有约定的，提醒去的人。',
    article: '3.1(2) 条',
    source: '《客户拜访管理办法》3.1(2)',
    acts: {
      '/visits/day': '还没有约定的标出来，一按就去约定',
      '/visits/:number': '还没有约定的说明，去约定在旁边',
      '/visits/:number/appointment': '记下和谁、怎么、什么时候约的；前一个工作日 16:00 提醒还没有约的',
    },
  },
  'VIS-04': {
    title: '费用礼品事先申请',
    text: '超过岗位限额的费用、礼品和招待在拜访前申请批准；没有批准的，事后不能登记。每次拜访的费用：业务员 {visits_expense_sales} 元、部门负责人 {visits_expense_head} 元、区域经理 {visits_expense_area} 元、销售总监 {visits_expense_director} 元；礼品单价：{visits_gift_sales}、{visits_gift_head}、{visits_gift_area}、{visits_gift_director} 元；招待：{visits_entertainment_sales}、{visits_entertainment_head}、{visits_entertainment_area}、{visits_entertainment_director} 元。',
    article: '3.3(3) 条',
    source: '《客户拜访管理办法》3.1(5)、3.3(3)',
    acts: {
      '/visits/:number/spendings': '限额内的直接生效，超限的交部门负责人，拜访开始以后不再批',
      '/visits/plans/:number/decision': '每笔超限费用单独决定；拜访已开始的不能批',
      '/approvals/:number/decision': '超限费用连同岗位限额摆在一起批；拜访已开始的不能批',
      '/visits/:number/report': '没有批准的、超过批准的，不能登记',
    },
  },
  'VIS-05': {
    title: '批准以后的变动',
    text: '批准以后可以改期、换客户，写明原因；增加费用的重新申请。计划外的拜访可以去，标明计划外。',
    article: '3.1 条',
    source: '《客户拜访管理办法》3.1',
    acts: {
      '/visits/new': '计划外的拜访写明原因，标明计划外',
      '/visits/:number': '能改的列出来，改过的留着原来的时间和原因',
      '/visits/:number/rescheduling': '改期写明原因，约定重新来过',
      '/visits/:number/replacement': '换客户写明原因，超限额的费用重新申请',
      '/visits/:number/cancellation': '取消写明原因',
      '/visits/:number/arrival': '没有到日子的不登记到达，先改期',
      '/visits/:number/spendings': '增加的费用超过限额的重新申请，去掉费用不用审批',
    },
  },
  'VIS-06': {
    title: '两天内交报告',
    text: '拜访结束后按时交报告（{visits_report_clock}）：自然日 {visits_report_days} 天，到第 {visits_report_days} 天 24:00；或者 {visits_report_working} 个工作日。写明目的达到没有、谈了什么、发现、客户的反馈、竞争对手、承诺、下一步，由负责人审阅。迟交的标明并统计；逾期未交满 {visits_most_unreported} 次的，不能再报计划；接手别人的拜访，从接手那天起按同样的时限给足时间，过了才算进接手人的次数。逾期依次告诉：{visits_ladder}。',
    article: '3.4(1) 条',
    source: '《客户拜访管理办法》3.4(1)',
    acts: {
      '/visits/:number/report': '报告各项写全，按时交；迟交的标明',
      '/visits/:number/report/review': '负责人审阅，或者退回补充',
      '/visits/reports': '列出要写的和等审阅的报告',
      '/visits/plans/:number/submission': '逾期报告满数的不能报计划，列出要补的；接手的从接手那天起算',
      '/visits/:number/rescheduling': '报告已经逾期的拜访不能改期：先写报告，或者取消并说明',
      '/visits/:number/replacement': '报告已经逾期的拜访不能换成别家：先写报告，或者取消并说明',
    },
  },
  'VIS-08': {
    title: '了解到的写进档案',
    text: '拜访中了解到的客户资料，在写报告的同一页上更正进档案，留下来源。',
    article: '3.4(2) 条',
    source: '《客户拜访管理办法》3.4(2)',
    acts: {
      '/visits/:number/report': '在报告里更正客户资料，留下来源',
    },
  },
  'VIS-09': {
    title: '拜访考核',
    text: '每人每月：计划、完成、迟交报告、承诺兑现和得分，由负责人签认，计入考核。权重：完成 {visits_weight_done}、报告及时 {visits_weight_reports}、承诺兑现 {visits_weight_promises}、目的达到 {visits_weight_reached}；完成按已拜访占要求与计划中较多者计；没有发生的一项不计。',
    article: '3.4(3) 条',
    source: '《客户拜访管理办法》3.4(3)',
    acts: {
      '/visits/assessment': '按人、按部门列出数字和得分',
      '/visits/assessment/:person': '一个人的月份：得分怎样得来，签认了什么',
      '/visits/assessment/:person/signature': '负责人签认；不能签自己的',
    },
  },
  'VIS-10': {
    title: 'A 级客户常拜访',
    text: 'A 级客户每 {visits_cover_grade_a} 个月至少拜访一次，管理人员每 {visits_cover_manager} 个月至少一次；其他客户按 REL-01。该去的列成一张表。',
    article: '6.2.1f 条',
    source: '《客户 ABC 分级管理办法》6.2.1f',
    acts: {
      '/coverage': '列出该联系的 A 级客户：每月、每季度由管理人员，最逾期的在前',
      '/coverage/share': '按人员和部门的覆盖率',
      '/visits/plans/new': '从覆盖页选的客户，随开始编的计划一起排进去',
      '/visits/plans/:number': '编计划时列出该去的 A 级客户',
      '/visits/plans/:number/suggestions': '该去的客户一次排进空闲的工作日',
    },
  },
  'VIS-11': {
    title: '一天的路线',
    text: '一天几处拜访的，按区和时间排好，可以打印。',
    article: '2.3 条',
    source: '《客户拜访管理规范》2.3',
    acts: {
      '/visits/day': '有钟点的按时间，没有的排在同一个区旁边；又走回头的说出来',
      '/visits/day.pdf': '同样的次序，一张纸带走',
    },
  },
  'VIS-12': {
    title: '不收礼物',
    text: '不接受客户的礼物；客户要送的，登记是什么、怎么处理的。',
    article: '五.3 条',
    source: '《客户走访规章制度》五.3',
    acts: {
      '/visits/:number/report': '登记客户要送的礼物和怎么处理的，没有“收下”可选',
    },
  },
  'VIS-13': {
    title: '市场信息',
    text: '拜访中了解到的市场和竞争对手情况单独记下，可以搜索，按季度汇总。',
    article: '1.10 条',
    source: '《客户管理规范》1.10',
    acts: {
      '/market-notes': '按内容、季度、类别、部门、区域和人查找',
      '/market-notes/new': '随时登记听到的',
      '/market-notes/quarter': '按类别、竞争对手、部门、区域和月份汇总一个季度',
      '/visits/:number/market-notes': '登记拜访中了解到的',
    },
  },
  'VIS-15': {
    title: '没有授权不签约不收款',
    text: '拜访时没有登记的授权，不签订合同，不收取款项；没有授权的，报告里不能登记。',
    article: '第 8 条',
    source: '《销售人员见客户守则》第 8 条',
    acts: {
      '/visits/:number/authorities':
        '拜访前或拜访时由部门负责人以上授权，写明做什么、不超过多少；自己的拜访不能自己授权',
      '/visits/:number/authorities/withdrawal': '收回以后不再算数',
      '/visits/:number/report': '没有授权、超过授权的，不能登记签了合同或收了款',
    },
  },
  'REL-01': {
    title: '客户关系维护',
    text: '每个客户每 {relations_every} 个月至少正式联系一次，按月安排；A 级客户由谁联系：{relations_grade_a_by}。联系以记录为准；当月的客户联系沟通记录表在当月最后一个工作日下班前归档。',
    article: '5.3.1 条',
    source: '《商业项目客户服务操作规范》4.2.4、5.3.1、5.3.2',
    acts: {
      '/coverage': '列出该联系的客户：每年至少一次',
      '/contact-records/new': '正式联系算入覆盖',
      '/contact-records/month': '月度联系记录表由本人归档，迟交的标明',
      '/visits/plans/:number': '编计划时列出今年还没有联系的客户',
    },
  },
  'REL-02': {
    title: '联系沟通的内容',
    text: '正式联系记下客户对我们工作的看法、经营状况、需求；业主另记出租情况；商户以当面为主。日常巡访听到的当天登记，并入当月记录表。',
    article: '5.3.5 条',
    source: '《商业项目客户服务操作规范》5.3.3、5.3.5、5.3.6',
    acts: {
      '/contact-records/new': '正式联系必须写对我方工作的看法、经营状况、需求；日常巡访当天登记',
      '/contact-records/:number/correction': '更正时同样要求',
      '/contact-records/month': '日常巡访并入当月记录',
    },
  },
}

export const en: ChapterWords<'visits'> = {
  'VIS-01': {
    title: 'Month plans',
    text: 'Sales people submit next month’s visit plan by the close of the month’s last working day; the department head approves, sends back or refuses, whole or line by line. Late plans are marked. Visits a month by post: sales {visits_asked_sales}, department head {visits_asked_head}, area manager {visits_asked_area}, sales director {visits_asked_director}; the plan shows asked beside planned.',
    article: 'art. 3.1(1)',
    source: 'Rules on visiting customers, 2.3, 3.1(1)',
    acts: {
      '/visits/plans': 'The plans of each month: handed in, missing, late, asked beside planned',
      '/visits/plans/new': 'Plans are made from next month on; this month’s is late',
      '/visits/plans/:number': 'A plan on one page: the month, its visits, asked beside planned',
      '/visits/plans/:number/submission':
        'An empty plan is not handed in; fewer than asked needs a reason; late ones are marked',
      '/visits/plans/:number/decision': 'The department head decides it whole or line by line',
      '/visits/:number/report': 'The next visit begins the plan of a month that has none',
    },
  },
  'VIS-02': {
    title: 'What a visit states',
    text: 'Every visit states who is visited (existing, target or potential customer, or of the same trade), purposes, time, place, people on both sides, agenda, things to bring, costs and gifts.',
    article: 'art. 2.1',
    source: 'Rules on visiting customers, 2.1, 2.2, 3.1',
    acts: {
      '/visits/new': 'Without whom, what for and when nothing is saved',
      '/visits/:number': 'All of it on one page',
      '/visits/plans/:number': 'What each visit states stands in the table',
      '/visits/plans/:number/visits/new': 'Without whom, what for and when nothing is saved; other months are refused',
      '/visits/plans/:number/visits/:visit': 'A changed visit states as much',
      '/visits/templates/new': 'Regular visits are set up once and taken up each month',
    },
  },
  'VIS-03': {
    title: 'Appointment first',
    text: 'The visit is agreed with the customer beforehand; whoever goes is reminded the day before when it is not.',
    article: 'art. 3.1(2)',
    source: 'Rules on visiting customers, 3.1(2)',
    acts: {
      '/visits/day': 'What is not confirmed is marked; one press leads to confirming',
      '/visits/:number': 'Says that it is not confirmed, with the way to confirm',
      '/visits/:number/appointment':
        'Notes with whom, how and when; at 16:00 the working day before, who goes is reminded',
    },
  },
  'VIS-04': {
    title: 'Costs and gifts beforehand',
    text: 'Costs, gifts and entertainment above the post’s limit are approved before the visit; without it they cannot be entered afterwards. Costs of a visit: sales {visits_expense_sales}, head {visits_expense_head}, area {visits_expense_area}, director {visits_expense_director} yuan; a gift: {visits_gift_sales}, {visits_gift_head}, {visits_gift_area}, {visits_gift_director} yuan a piece; entertainment: {visits_entertainment_sales}, {visits_entertainment_head}, {visits_entertainment_area}, {visits_entertainment_director} yuan.',
    article: 'art. 3.3(3)',
    source: 'Rules on visiting customers, 3.1(5), 3.3(3)',
    acts: {
      '/visits/:number/spendings':
        'Within the limit a cost holds at once; over it the head is asked, and never once the visit has begun',
      '/visits/plans/:number/decision': 'Each cost over the limit is decided by itself; none of a visit that has begun',
      '/approvals/:number/decision':
        'Costs over the limit are decided beside the limit of the post; none of a visit that has begun',
      '/visits/:number/report': 'What was not approved, or more than was, cannot be entered',
    },
  },
  'VIS-05': {
    title: 'Changes after approval',
    text: 'After approval a visit may be rescheduled or replaced with a reason; added costs are asked for again. Unplanned visits are allowed and marked.',
    article: 'art. 3.1',
    source: 'Rules on visiting customers, 3.1',
    acts: {
      '/visits/new': 'An unplanned visit says why, and is marked',
      '/visits/:number': 'What may be changed is offered; what was changed keeps its first time and reason',
      '/visits/:number/rescheduling': 'Rescheduling needs a reason; the appointment is made anew',
      '/visits/:number/replacement': 'Another customer needs a reason; costs over the limit are asked for again',
      '/visits/:number/cancellation': 'Cancelling needs a reason',
      '/visits/:number/arrival': 'No arrival before its day: reschedule first',
      '/visits/:number/spendings': 'Added costs over the limit are asked for again; taking one out needs nobody’s word',
    },
  },
  'VIS-06': {
    title: 'Report in two days',
    text: 'After a visit the report is due by {visits_report_clock}: {visits_report_days} days, until 24:00 of the last; or {visits_report_working} working days. It states whether the purpose was reached, content, findings, feedback, competitors, promises and the next step; the head reviews it. Late ones are marked and counted; with {visits_most_unreported} overdue no new plan can be filed. A visit taken over from a colleague counts only when the same time has passed since the day it was taken over. Late reports are told to: {visits_ladder}.',
    article: 'art. 3.4(1)',
    source: 'Rules on visiting customers, 3.4(1)',
    acts: {
      '/visits/:number/report': 'Every section is written and in time; late reports are marked',
      '/visits/:number/report/review': 'The head reads it, or sends it back',
      '/visits/reports': 'Lists what is to be written and to be read',
      '/visits/plans/:number/submission':
        'With too many reports overdue no plan is handed in; they are listed. One taken over counts from that day',
      '/visits/:number/rescheduling':
        'A visit whose report is overdue is not moved: report it, or cancel it with the reason',
      '/visits/:number/replacement':
        'A visit whose report is overdue is not replaced: report it, or cancel it with the reason',
    },
  },
  'VIS-08': {
    title: 'Facts learned go to the record',
    text: 'What is learned about a customer on a visit corrects the record from the same page as the report, with its source.',
    article: 'art. 3.4(2)',
    source: 'Rules on visiting customers, 3.4(2)',
    acts: {
      '/visits/:number/report': 'Corrects the record from the report, with its source',
    },
  },
  'VIS-09': {
    title: 'Assessment',
    text: 'For each person and month: planned, made, late reports, promises kept and a score, signed by the head, for the appraisal. Weights: made {visits_weight_done}, reports in time {visits_weight_reports}, promises kept {visits_weight_promises}, purpose reached {visits_weight_reached}; what did not occur does not count.',
    article: 'art. 3.4(3)',
    source: 'Rules on visiting customers, 3.4(3)',
    acts: {
      '/visits/assessment': 'Lists figures and scores by person and department',
      '/visits/assessment/:person': 'One person’s month: how the score came about, what was signed',
      '/visits/assessment/:person/signature': 'The head signs it; never one’s own',
    },
  },
  'VIS-10': {
    title: 'Grade A often',
    text: 'Grade-A customers are visited at least every {visits_cover_grade_a} month(s), by a manager every {visits_cover_manager} months; the others by REL-01. A list shows who is due.',
    article: 'art. 6.2.1f',
    source: 'Rules on A, B and C customers, 6.2.1f',
    acts: {
      '/coverage':
        'Lists the grade-A customers that are due, each month and each quarter by a manager, the longest overdue first',
      '/coverage/share': 'The share covered by person and department',
      '/visits/plans/new': 'Whom the coverage chose goes into the plan that is begun',
      '/visits/plans/:number': 'Grade-A customers that are due stand beside the plan',
      '/visits/plans/:number/suggestions': 'Those due are put on free working days at once',
    },
  },
  'VIS-11': {
    title: 'The day’s way',
    text: 'Several visits of a day are put in order by district and time, and can be printed.',
    article: 'art. 2.3',
    source: 'Standard for visiting customers, 2.3',
    acts: {
      '/visits/day': 'Settled hours by time, the others beside their district; says where the way goes back',
      '/visits/day.pdf': 'The same order on a sheet to take along',
    },
  },
  'VIS-12': {
    title: 'No gifts accepted',
    text: 'Nothing is accepted from customers; a gift that was offered is recorded with what became of it.',
    article: 'art. 5.3',
    source: 'Rules on calling on customers, five.3',
    acts: {
      '/visits/:number/report': 'Records a gift offered and what became of it; “accepted” is no choice',
    },
  },
  'VIS-13': {
    title: 'Market notes',
    text: 'What is learned of market and competitors on visits is noted by itself, can be searched, and is summed per quarter.',
    article: 'art. 1.10',
    source: 'Customer management standard, 1.10',
    acts: {
      '/market-notes': 'Found by text, quarter, kind, department, region and person',
      '/market-notes/new': 'Written down whenever something is heard',
      '/market-notes/quarter': 'A quarter summed by kind, competitor, department, region and month',
      '/visits/:number/market-notes': 'Written down on the visit it was heard on',
    },
  },
  'VIS-15': {
    title: 'No contract or money without authority',
    text: 'On a visit no contract is signed and no money taken without recorded authority; without it neither can be entered in the report.',
    article: 'art. 8',
    source: 'Rules for meeting customers, art. 8',
    acts: {
      '/visits/:number/authorities':
        'Granted before or during the visit by the head or above, for what and up to which sum; never for one’s own visit',
      '/visits/:number/authorities/withdrawal': 'Withdrawn, it holds no more',
      '/visits/:number/report': 'Without authority, or above it, no signed contract and no money is entered',
    },
  },
  'REL-01': {
    title: 'Care for relations',
    text: 'Every customer is formally contacted at least every {relations_every} months, by month plan; who contacts grade A: {relations_grade_a_by}. A contact is a record; the month’s contact record is filed by the close of its last working day.',
    article: 'art. 5.3.1',
    source: 'Service rules of commercial projects, 4.2.4, 5.3.1, 5.3.2',
    acts: {
      '/coverage': 'Lists every customer due for its yearly contact',
      '/contact-records/new': 'A formal contact counts for coverage',
      '/contact-records/month': 'The month’s record is filed by its person; late ones are marked',
      '/visits/plans/:number': 'Customers due for their yearly contact stand beside the plan',
    },
  },
  'REL-02': {
    title: 'What a contact asks',
    text: 'A formal contact records views on our work, business and needs; of owners also letting; tenants mainly face to face. What is heard on daily rounds is entered the same day and joins the month’s record.',
    article: 'art. 5.3.5',
    source: 'Service rules of commercial projects, 5.3.3, 5.3.5, 5.3.6',
    acts: {
      '/contact-records/new':
        'A formal contact must hold views, business and needs; daily rounds are entered the same day',
      '/contact-records/:number/correction': 'A correction asks the same',
      '/contact-records/month': 'Daily rounds join the month’s record',
    },
  },
}
