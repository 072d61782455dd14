import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'credit'> = {
  'CRD-01': {
    title: '授信资格',
    text: '三项都具备才有授信：客户档案已确认（含开户人身份证复印件）；签有经销或直销合同，写明结算方式，且在有效期内；上一年的货款已结清。',
    article: '1.1 条',
    source: '《客户授信管理制度》1.1',
    acts: {
      '/contracts/new': '合同要写明结算方式和起止日期',
      '/contracts/:number/ending': '终止日在有效期内，且在最后一次发货以后',
      '/credit/customers/:number': '列出每一项是否具备、凭什么具备',
    },
  },
  'CRD-02': {
    title: '授信额',
    text: '某一天的授信额是这天之前 {credit_window_days}内开票并发货的金额，当天不算；每天重新算，从不存旧数。另有两种方式，须{credit_terms_role}批准：固定额（有起止日期）和现款。',
    article: '1.2、1.3 条',
    source: '《客户授信管理制度》1.2、1.3',
    acts: {
      '/credit/customers/:number/terms/new': '固定额要有金额和起止日期；批准后从当天起，不倒算',
      '/credit/customers/:number': '窗口内的发货逐张列出，写明哪天移出',
    },
  },
  'CRD-03': {
    title: '占用额与可用额',
    text: '占用额＝已发货＋已放行未发货−已收回款；专为某张被拦放行单收的款，在它放行以前不抵别的占用。可用额＝授信额−占用额。占用按全公司算，不分谁看得见。',
    article: '1.3 条',
    source: '《客户授信管理制度》1.3',
    acts: {
      '/credit/customers/:number': '占用额和可用额当时算出，逐行列出来历；也可以看别的日子',
      '/credit': '列出占用额超过授信额的客户、超多少、超了几天',
    },
  },
  'CRD-04': {
    title: '没有资格的先款后货',
    text: '没有授信资格的客户现金开票提货，并报回笼计划；没有回笼计划的不放行。',
    article: '1.4.1 条',
    source: '《客户授信管理制度》1.4.1',
    acts: {
      '/releases/new': '没有授信资格的，写明凭到款和回笼计划放行',
      '/releases/:number': '没有资格的，收到多少放行多少，且先要有回笼计划',
      '/releases/:number/check': '没有资格又没有回笼计划的仍不放行',
      '/repayment-plans/new': '报出后，只因没有计划而拦下的当即放行',
    },
  },
  'CRD-05': {
    title: '超期停发',
    text: '有货款欠款超过 {credit_overdue_days}，或过了合同的付款日，合计超过 {credit_overdue_least}的，立即停止发货；只有{credit_overdue_role}就这一笔的金额和日期特批，才能放行，其余条件照旧。',
    article: '1.4.2 条',
    source: '《客户授信管理制度》1.4.2；《业务合同管理》二.2',
    acts: {
      '/releases/:number/overdue': '特批只对这一张放行单、这一个金额、这一天有效',
      '/credit/customers/:number': '写明超期金额、最久已欠天数和快到期的欠款',
    },
  },
  'CRD-06': {
    title: '可用额以内当即放行',
    text: '在可用额以内的放行申请当即放行。同时来的几张申请，合计不会超过可用额。',
    article: '2.1 条',
    source: '《客户授信管理制度》2.1',
    acts: {
      '/releases/new': '可用额以内当即放行；填金额时就显示够不够',
      '/releases/:number': '写明拦下的原因和可走的路',
      '/releases/:number/check': '按此刻的数再核对一次',
      '/releases': '被拦下的列在一处，写明谁能接着做',
    },
  },
  'CRD-07': {
    title: '首次超额审批',
    text: '超出可用额的部分小于授信额的 {credit_first_part}时，可申请首次超额，由客户所在区域的{credit_first_role}批准；每个客户每个自然月一次。由此产生的坏账视同授信额内。',
    article: '2.2.1 条',
    source: '《客户授信管理制度》2.2.1',
    acts: {
      '/releases/:number/first-override': '只批一张放行单的一个金额，小于限度，每个客户每月一次；本月用过的不能再申请',
    },
  },
  'CRD-08': {
    title: '末次超额审批',
    text: '本月首次超额已经用过，超出部分小于授信额的 {credit_final_part}时，可申请末次超额，由{credit_final_role}批准；每个客户每个自然月一次，签发人承担责任，货款当月底前回笼；逾期未回笼的告诉：{credit_ladder}。',
    article: '2.2.2 条',
    source: '《客户授信管理制度》2.2.2、4.1',
    acts: {
      '/releases/:number/final-override': '本月首次用过才能申请，每个客户每月一次；签发人承担责任',
    },
  },
  'CRD-09': {
    title: '先付款后发货',
    text: '其余情况先付款：收到多少放行多少，并为余下的报回笼计划。',
    article: '2.2.3 条',
    source: '《客户授信管理制度》2.2.3',
    acts: {
      '/releases/:number': '专款到账才放行，最多放行到账的数',
      '/releases/:number/payment-part': '先放行已到的部分，余下的另行申请',
      '/receipts/new': '为某张放行单收的款只用于它',
      '/receipts/:number/purpose': '凭它放行的款不再作别用',
      '/repayment-plans/new': '写明哪天付多少，够还超出授信额的欠款；一个客户同时只有一份',
      '/repayment-plans/:number/withdrawal': '撤回要写原因，撤回后不再算数',
    },
  },
  'CRD-10': {
    title: '末次超额的责任',
    text: '末次超额的货款到发货当月底没有回笼的，月底后第一个工作日按比例记入责任账，收款以收款日为准：首次签发人 {credit_share_first}，末次签发人 {credit_share_final}，归属业务员 {credit_share_owner}，其余由公司承担。每笔只记一次。',
    article: '4.1 条',
    source: '《客户授信管理制度》4.1',
    acts: {
      '/credit/liabilities': '月底过后自动记入，逐笔列出，不能修改',
      '/releases/:number/final-override': '申请时写明月底未付由签发人承担',
    },
  },
  'CRD-12': {
    title: '担保',
    text: '客户被停止发货时，业务员可以为其担保，金额不超过该客户当年的月平均销售额，写明到期日，经{credit_guarantee_role}批准。到期后 {credit_guarantee_grace}仍未收到款的，担保人承担责任。',
    article: '二.2 条',
    source: '《业务合同管理》二.2',
    acts: {
      '/credit/customers/:number/guarantees/new': '只有停发的客户才能担保，不超过今年的月平均销售额',
      '/credit/customers/:number/guarantees': '逐份列出已用、剩余；到期过了宽限仍未收清的，告诉财务、销售总监和担保人',
    },
  },
  'CRD-13': {
    title: '没有放行单不发货',
    text: '仓库只凭放行单发货：一张放行单只确认一次，金额不超过单上的数。没有放行单已经出库的，如实登记，逐笔追究。',
    article: '3.2 条',
    source: '《客户授信管理制度》3.2、4.2',
    acts: {
      '/releases/shipping': '仓库只看得到已放行、还没发的',
      '/releases/:number/shipping': '一张单只确认一次，不超过单上的金额',
      '/releases/:number.pdf': '没有放行的没有纸单',
      '/releases/:number': '仓库只看得到已放行的',
      '/releases/:number/cancellation': '已发货的不能取消',
      '/shipments/new': '第一张放行单以后的发货，没有放行单不收',
      '/imports/:number/columns': '按放行单的行要有物流的权限，没有放行单的行只收首次放行以前的',
      '/shipments/unreleased': '照实登记，标明违规，告诉销售总监和总经理',
    },
  },
  'CRD-14': {
    title: '合作模式由两人签',
    text: '改变客户的合作模式，由{credit_mode_first}和{credit_mode_second}都签字。由此造成的损失由公司承担，不记业务员和跟单员的责任。',
    article: '二.4 条',
    source: '《业务合同管理》二.4',
    acts: {
      '/credit/customers/:number/mode/new': '两人先后签字才生效，须是两个人',
    },
  },
  'CRD-16': {
    title: '回款与冲销',
    text: '回款登记后按先欠先还核销，也可以手工核销；单据不改不删，只用冲销单冲回，并写明原因。',
    article: '补充',
    source: '产品规则手册 CRD-16',
    acts: {
      '/receipts/new': '先欠先还，自动核销',
      '/receipts/:number/allocation': '手工核销不超过尚欠的数和回款',
      '/receipts/:number/counter': '原单据不改，另记冲销单和原因',
      '/shipments/:number/counter': '冲销的发货也从原发货日的授信额减去',
    },
  },
  'CRD-17': {
    title: '账龄',
    text: '账龄分未到期、1–30、31–60、61–90、90 天以上；超限的客户列出超出额和天数，以及承诺的回款日。每个客户有一页逐行说明授信额、占用额和可用额的来历。',
    article: '补充',
    source: '产品规则手册 CRD-17',
    acts: {
      '/credit/ageing': '按今天的账分段，列出超限额、超限天数和承诺回款日',
      '/repayment-plans': '列出一周内到期和失约的承诺',
      '/credit/customers/:number': '一页说清授信额、占用额、可用额怎么来的，各行相加等于这个数',
      '/credit': '列出超限额的客户、超期合计和被拦下的放行单',
    },
  },
  'CRD-18': {
    title: '从业务系统导入',
    text: '发货和回款可以从表格导入，也可以由接口写入；同一个单据号只记一次。接口令牌最长 {credit_token_days}有效，每分钟最多 {credit_api_minute}，只做持有人本来能做的事。',
    article: '补充',
    source: '产品规则手册 CRD-18',
    acts: {
      '/imports/new': '选择导入客户、发货还是回款，可下载模板',
      '/imports/:number/columns': '先看每一列当作什么、前几行会怎样，再开始',
      '/imports/:number': '每行的结果；重复的单据号不再记，记错的用冲销单',
      '/tokens/new': '只能勾选本人能做的，期限有上限',
      '/api/v1/shipments': '与页面走同一套核对，重复的单据号不再记',
      '/api/v1/receipts': '与页面走同一套核对，重复的单据号不再记',
      '/api/v1/releases': '同一个订单号只申请一次',
    },
  },
  'CRD-19': {
    title: '决定时看得见的',
    text: '超额、特批、担保的审批页并列：申请额、可用额、近 12 个月、账龄、未结投诉、客户等级、以往超额及结果。',
    article: '补充',
    source: '产品规则手册 CRD-19',
    acts: {
      '/approvals': '审批单上列全这些事实',
      '/releases/:number/first-override': '申请时就看到审批人会看到的',
      '/releases/:number/final-override': '申请时就看到审批人会看到的',
      '/releases/:number/overdue': '申请时就看到审批人会看到的',
    },
  },
  'CRD-20': {
    title: '以服务器日期为准',
    text: '月份、每月一次和账龄都按服务器的日期算。日期落在已结账月份的单据不收；日期早于当天的收下并标明补录。核对在申请、放行、发货时各做一次。',
    article: '补充',
    source: '产品规则手册 CRD-20',
    acts: {
      '/releases/:number': '每次核对的时间和当时的数都留着',
      '/releases/:number/check': '按服务器当天的日期核对',
      '/releases/:number/shipping': '发货前按当天再核对一次，通不过的退回未放行',
      '/ledger/months': '已月结的月份不收单据，结了不能再开',
      '/shipments/new': '日期早于当天的标明补录',
    },
  },
}

export const en: ChapterWords<'credit'> = {
  'CRD-01': {
    title: 'Who has credit',
    text: 'Credit needs all three: a confirmed customer file with a copy of the ID of whoever opened it; a signed distribution or direct contract with settlement terms, within its dates; last year’s balance cleared.',
    article: 'art. 1.1',
    source: 'Rules on customer credit, 1.1',
    acts: {
      '/contracts/new': 'A contract has its terms and dates',
      '/contracts/:number/ending': 'Ends within its dates, after the last goods it carried',
      '/credit/customers/:number': 'Each condition, whether it is met and by what',
    },
  },
  'CRD-02': {
    title: 'Credit limit',
    text: 'The limit on a day is what was invoiced and shipped in {credit_window_days} before it, the day itself left out; it is computed every day and never stored. Two other methods need the approval of the {credit_terms_role}: a fixed amount with dates, and cash only.',
    article: 'art. 1.2–1.3',
    source: 'Rules on customer credit, 1.2, 1.3',
    acts: {
      '/credit/customers/:number/terms/new':
        'A fixed amount needs its dates; in force from its approval, never backwards',
      '/credit/customers/:number': 'Shipments in the window one by one, with the day each leaves it',
    },
  },
  'CRD-03': {
    title: 'Exposure and available credit',
    text: 'Exposure = shipped + released and not yet shipped − receipts; money received for one held release pays nothing else until that is released. Available = limit − exposure. Exposure is the whole company’s, whoever looks.',
    article: 'art. 1.3',
    source: 'Rules on customer credit, 1.3',
    acts: {
      '/credit/customers/:number': 'Computed at the moment and explained line by line, for other days as well',
      '/credit': 'Customers over their limit, by how much and for how long',
    },
  },
  'CRD-04': {
    title: 'Cash before goods without credit',
    text: 'Customers without credit pay before goods and file a repayment plan; without a plan nothing is released.',
    article: 'art. 1.4.1',
    source: 'Rules on customer credit, 1.4.1',
    acts: {
      '/releases/new': 'Without credit it says: against payment and a repayment plan',
      '/releases/:number': 'Without credit, as much goes out as is paid, and a plan comes first',
      '/releases/:number/check': 'Without credit and without a plan it stays held',
      '/repayment-plans/new': 'What is held only for want of a plan goes out once it is filed',
    },
  },
  'CRD-05': {
    title: 'Overdue stops shipping',
    text: 'Anything owed for more than {credit_overdue_days}, or past the contract’s day of payment, more than {credit_overdue_least} together, stops shipping at once. Only the specific approval of the {credit_overdue_role} for that amount and date lets a release through; everything else still holds.',
    article: 'art. 1.4.2',
    source: 'Rules on customer credit, 1.4.2; Contracts, II.2',
    acts: {
      '/releases/:number/overdue': 'An approval holds for this release, amount and day alone',
      '/credit/customers/:number': 'Overdue amount and days, and what is about to become overdue',
    },
  },
  'CRD-06': {
    title: 'Within the limit released at once',
    text: 'A request within the available credit is released at once. Requests at the same moment never exceed it together.',
    article: 'art. 2.1',
    source: 'Rules on customer credit, 2.1',
    acts: {
      '/releases/new': 'Within the available credit it is released at once; the form shows it as the amount is typed',
      '/releases/:number': 'Says why it is held and what can be done',
      '/releases/:number/check': 'Weighs it again by the figure of this moment',
      '/releases': 'Held ones stand in one list, with who can act',
    },
  },
  'CRD-07': {
    title: 'First override',
    text: 'When what exceeds the available credit is less than {credit_first_part} of the limit, a first override may be asked of the {credit_first_role} of the customer’s region, once per customer and calendar month. A bad debt from it counts as within the limit.',
    article: 'art. 2.2.1',
    source: 'Rules on customer credit, 2.2.1',
    acts: {
      '/releases/:number/first-override':
        'For one release and amount below the bound, once per customer and month; refused when this month’s is used',
    },
  },
  'CRD-08': {
    title: 'Final override',
    text: 'After this month’s first override is used, less than {credit_final_part} of the limit may be asked of the {credit_final_role}, once per customer and calendar month; the signers are liable, and the money is due by the end of the month; unpaid, it is told to: {credit_ladder}.',
    article: 'art. 2.2.2',
    source: 'Rules on customer credit, 2.2.2, 4.1',
    acts: {
      '/releases/:number/final-override':
        'Only after this month’s first; once per customer and month; the signer is liable',
    },
  },
  'CRD-09': {
    title: 'Pay first',
    text: 'Otherwise the customer pays first: as much is released as was received, with a repayment plan for the rest.',
    article: 'art. 2.2.3',
    source: 'Rules on customer credit, 2.2.3',
    acts: {
      '/releases/:number': 'Money for it lets it out, for as much as was received',
      '/releases/:number/payment-part': 'What is paid goes out; the rest is requested anew',
      '/receipts/new': 'Money for one release pays that alone',
      '/receipts/:number/purpose': 'Money that let goods out is used up',
      '/repayment-plans/new':
        'Days and amounts, for all that is owed beyond the limit; a customer has one plan at a time',
      '/repayment-plans/:number/withdrawal': 'With a reason; it holds no more',
    },
  },
  'CRD-10': {
    title: 'Liability for final overrides',
    text: 'What is unpaid of a final override at the end of the month in which it ships is recorded on the first working day after it as liability by shares, money counting by the day it was received: signer of the first {credit_share_first}, signer of the final {credit_share_final}, owner {credit_share_owner}, the company the rest. Once each.',
    article: 'art. 4.1',
    source: 'Rules on customer credit, 4.1',
    acts: {
      '/credit/liabilities': 'Recorded by itself after the month’s end, listed one by one, never changed',
      '/releases/:number/final-override': 'Who asks reads that the signers are liable',
    },
  },
  'CRD-12': {
    title: 'Guarantee',
    text: 'A sales person may guarantee a stopped customer up to the customer’s average monthly sales this year, until a date, approved by the {credit_guarantee_role}. Unpaid {credit_guarantee_grace} past the date, the guarantor is liable.',
    article: 'art. II.2',
    source: 'Contracts, II.2',
    acts: {
      '/credit/customers/:number/guarantees/new':
        'Only for a stopped customer, and no more than its average month this year',
      '/credit/customers/:number/guarantees':
        'Lists what was used and what is left of each; unpaid past the grace, finance, the sales director and the guarantor are told',
    },
  },
  'CRD-13': {
    title: 'No shipping without a release',
    text: 'The warehouse ships against a release alone: confirmed once, for at most its amount. What left without one is recorded as what it is and followed up.',
    article: 'art. 3.2',
    source: 'Rules on customer credit, 3.2, 4.2',
    acts: {
      '/releases/shipping': 'The warehouse sees what is released and has not left',
      '/releases/:number/shipping': 'Confirmed once, for at most its amount',
      '/releases/:number.pdf': 'No paper for what is not released',
      '/releases/:number': 'The warehouse sees only what was released',
      '/releases/:number/cancellation': 'What has shipped is not cancelled',
      '/shipments/new': 'Goods of after the first release are not taken without one',
      '/imports/:number/columns':
        'Rows of a release need the right of the warehouse; those without one are of before the first release',
      '/shipments/unreleased': 'Recorded as the breach it is; both directors are told',
    },
  },
  'CRD-14': {
    title: 'Cooperation mode signed by two',
    text: 'A customer’s cooperation mode changes when the {credit_mode_first} and the {credit_mode_second} have both signed. A loss from it is the company’s, not the sales person’s or the clerk’s.',
    article: 'art. II.4',
    source: 'Contracts, II.4',
    acts: {
      '/credit/customers/:number/mode/new': 'In force when two people have signed, one after the other',
    },
  },
  'CRD-16': {
    title: 'Receipts and counter-entries',
    text: 'Receipts pay the oldest goods first, or as allocated by hand; documents are never changed or deleted, only countered, with a reason.',
    article: 'own',
    source: 'Product rulebook CRD-16',
    acts: {
      '/receipts/new': 'Pays the oldest goods first',
      '/receipts/:number/allocation': 'By hand, at most what is owed and received',
      '/receipts/:number/counter': 'The document stays; a counter-entry says why',
      '/shipments/:number/counter': 'What is taken back leaves the limit of its day',
    },
  },
  'CRD-17': {
    title: 'Ageing',
    text: 'Ageing in current, 1–30, 31–60, 61–90 and over 90 days; customers over their limit with the amount and days, and the dates they promised. One page per customer explains limit, exposure and available credit line by line.',
    article: 'own',
    source: 'Product rulebook CRD-17',
    acts: {
      '/credit/ageing': 'By age as of today, with amounts and days over the limit and promised dates',
      '/repayment-plans': 'Promises due within a week, and broken ones',
      '/credit/customers/:number': 'How limit, exposure and available came about; the lines add up to the figure',
      '/credit': 'Customers over their limit, what is overdue, what is held',
    },
  },
  'CRD-18': {
    title: 'Documents from other systems',
    text: 'Shipments and receipts come in by spreadsheet or API; one document number is recorded once. An API token lasts at most {credit_token_days}, asks at most {credit_api_minute} a minute, and does nothing its holder could not do.',
    article: 'addition',
    source: 'Product rulebook CRD-18',
    acts: {
      '/imports/new': 'Customers, shipments or receipts, with templates',
      '/imports/:number/columns': 'What each column is taken as, and what would become of the first rows',
      '/imports/:number': 'What became of each row; a known number is not recorded again, errors are countered',
      '/tokens/new': 'Only what is one’s own to do, and not for longer than allowed',
      '/api/v1/shipments': 'Checked as on the pages; a known number is not recorded again',
      '/api/v1/receipts': 'Checked as on the pages; a known number is not recorded again',
      '/api/v1/releases': 'One order number asks once',
    },
  },
  'CRD-19': {
    title: 'What the decider sees',
    text: 'Overrides, specific approvals and guarantees are decided beside: the request, available credit, the last 12 months, ageing, open complaints, grade, past overrides and their outcome.',
    article: 'own',
    source: 'Product rulebook CRD-19',
    acts: {
      '/approvals': 'All of it stands on the request',
      '/releases/:number/first-override': 'Whoever asks sees what the signer will see',
      '/releases/:number/final-override': 'Whoever asks sees what the signer will see',
      '/releases/:number/overdue': 'Whoever asks sees what the signer will see',
    },
  },
  'CRD-20': {
    title: 'The server’s date',
    text: 'Months, “once a month” and ageing go by the server’s date. Documents dated into a closed month are refused; those dated before the day are marked. The check is made at the request, at the release and at shipping.',
    article: 'own',
    source: 'Product rulebook CRD-20',
    acts: {
      '/releases/:number': 'Each check stays with its time and figure',
      '/releases/:number/check': 'Weighed by the server’s date',
      '/releases/:number/shipping': 'Checked once more on the day; what fails is held again',
      '/ledger/months': 'A closed month takes no documents, for good',
      '/shipments/new': 'Earlier days are marked',
    },
  },
}
