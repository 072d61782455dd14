import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'accounts'> = {
  'ACC-01': {
    title: '密码与登录',
    text:
      '密码至少 {accounts_password_length} 个字，不能是常见密码，也不能含自己的姓名、工号、手机号或公司名。连错 {accounts_tries} 次，账户锁定 {accounts_lock_minutes} 分钟，并告诉安全管理员；工号不对、密码不对、已锁定、已停用，回答都一样。' +
      '系统发的一次性密码满 {accounts_one_time_days} 天失效，第一次登录就要换掉。离开超过 {accounts_idle_minutes} 分钟自动退出；登录满 {accounts_session_hours} 小时须重新登录。每个人都能看到自己在哪里登录着，并在那里退出。' +
      '第二因素是手机验证器上的 6 位验证码，人人可以开启，另有十个备用码，每个码只能用一次，输错与密码输错一样锁定；必须有第二因素的人：{auth_second_factor}，没有的先开启才能做别的事。经公司统一登录进来的，由公司的登录服务验证，不再问本系统的第二因素；它不开立账户，只认关联过的人，第一次按它核实过的邮箱认人。' +
      '距上次验证超过 {auth_step_up_minutes} 分钟，授予、同意授予或收回角色，改第二因素，导出客户之前须再验证一次。手机和备用码都丢了，由安全管理员写明理由重置，自己不能重置自己的。' +
      '账户保护档次：{auth_profile}。等保档另要求密码含四类字符中的三类、用满 90 天更换、人人有第二因素。密码用满 {auth_rotation_days} 天须在登录时更换，为零则常规档不因时间更换。',
    article: '补充',
    source: '产品补充规定；GB/T 22239—2019《网络安全等级保护基本要求》8.1.4.1 身份鉴别',
    acts: {
      '/sign-in': '限制连错的次数，锁定账户',
      '/password': '检查长短、是否常见、是否含个人信息',
      '/profile': '列出登录着的地方，可以逐个或全部退出',
      '/second-factor': '密码之后再问验证码；必须有而没有的先开启',
      '/profile/second-factor': '开启、换手机、换备用码、关闭',
      '/step-up': '要紧操作之前再次证明是本人',
      '/staff/:number/second-factor': '写明理由重置，原有登录全部结束，通知本人',
      '/staff/:number/password': '限定有效期，原有登录全部结束',
    },
  },
  'ACC-02': {
    title: '离职交接与停用账户',
    text: '离职人员的账户只停用，不删除：停用后立即在所有地方退出，经手的记录都保留。停用之前先办离职交接：名下的客户、任务、审批、时限、导入交给同事，交接清单逐件写明交给谁、何时交，接收人确认；交接期间不再给他分配客户和任务；公司资料交回或删除，由负责人确认，本人不能确认自己的交接。上级的交接，以及负责账号、权限、审计的人的交接，由更上一级办理；办理人不能把客户交给自己。名下还有没交的，不能完成交接，也不能停用。需要立即不让人登录时可以暂停，暂停可以恢复。不能暂停或停用自己，也不能停用最后一位在用的系统管理员或安全管理员。还有下级、人员、客户、授权或导入的部门和区域不能删除，要先移走。',
    article: '19.1 款',
    source: '《客户档案管理制度》第 19 条第 1 款；《物业保密制度》2.3',
    acts: {
      '/staff/:number/disable': '名下还有没交的，不能停用；停用后立即退出，保留记录',
      '/staff/:number/suspend': '立即退出所有地方，可以恢复',
      '/handovers': '列出各人的离职交接',
      '/handovers/:number': '逐项列出还有多少、交给了谁，打印交接清单',
      '/handovers/:number/finish': '还有没交的，或资料没有确认，不能完成',
      '/organisation': '里面还有内容的部门和区域不能删除',
    },
  },
}

export const en: ChapterWords<'accounts'> = {
  'ACC-01': {
    title: 'Passwords and sign-in',
    text:
      'A password has at least {accounts_password_length} characters, is no common one, and contains neither one’s name, number or mobile nor the company’s name. {accounts_tries} wrong passwords in a row lock the account for {accounts_lock_minutes} minutes, and the security administrator is told; an unknown number, a wrong password, a locked and a disabled account are answered alike. ' +
      'An issued one-time password expires when {accounts_one_time_days} {accounts_one_time_days|day is|days are} over and is replaced at the first sign-in. A session ends after more than {accounts_idle_minutes} minutes of rest, and when {accounts_session_hours} {accounts_session_hours|hour|hours} are over. Everyone sees where they are signed in and can sign out there. ' +
      'The second factor is a 6-digit code from an authenticator on the phone, free to all, with ten recovery codes; each code works once, and wrong ones lock like wrong passwords. Who must have one: {auth_second_factor}; until it is set up nothing else opens. Who comes by the company’s own sign-in is checked there and not asked for ours; it opens no accounts, knows those who are linked, and the first time goes by the address it has verified. ' +
      'When the last proof is more than {auth_step_up_minutes} {auth_step_up_minutes|minute|minutes} old, granting, agreeing to or revoking roles, changing the second factor and exporting customers ask again. A lost phone and lost codes are reset by a security administrator with a reason, never by oneself. ' +
      'Protection of accounts: {auth_profile}. The classified-protection profile also asks for three of four kinds of characters, a new password after 90 days, and a second factor of everyone. A password is replaced at sign-in after {auth_rotation_days} {auth_rotation_days|day|days}; nought under the ordinary profile means never by age alone.',
    article: 'addition',
    source: 'The product’s own rule; GB/T 22239-2019 (classified protection of cybersecurity) 8.1.4.1 identification',
    acts: {
      '/sign-in': 'Wrong passwords are counted, the account is locked',
      '/password': 'Checked for length, common words and personal facts',
      '/profile': 'Shows where one is signed in; one or all can be ended',
      '/second-factor': 'Asks for a code after the password; who must have a factor sets it up first',
      '/profile/second-factor': 'Set up, move to another phone, new recovery codes, switch off',
      '/step-up': 'Proves again who it is before weighty acts',
      '/staff/:number/second-factor': 'Reset with a reason; ends every session and tells the person',
      '/staff/:number/password': 'Limited in time; ends every session of the person',
    },
  },
  'ACC-02': {
    title: 'Leaving and disabled accounts',
    text: 'The account of somebody who leaves is disabled, never deleted: every session ends at once, and what the person recorded stays. First comes the handover: customers, tasks, approvals, deadlines and imports go to colleagues; the list says what went to whom and when, and who received it confirms that; meanwhile the person is given no more customers or tasks; company papers are given back or deleted, which the head confirms, never the leaver. The handover of a senior, and of who keeps accounts, rights or the trail, is run by somebody above; who runs one takes none of the customers. While anything is left, neither the handover nor the account can be closed. To keep somebody out at once the account is suspended, which can be undone. Nobody suspends or disables their own account or the last active system or security administrator. A department or region that still holds units, staff, customers, grants or imports cannot be removed until they are moved.',
    article: 'art. 19.1',
    source: 'Customer file management, art. 19 (1); property confidentiality rules 2.3',
    acts: {
      '/staff/:number/disable': 'Refused while anything is left; then signed out everywhere, the records stay',
      '/staff/:number/suspend': 'Signed out everywhere at once; can be undone',
      '/handovers': 'Shows who is handing over',
      '/handovers/:number': 'Shows what is left and what went to whom, and prints the list',
      '/handovers/:number/finish': 'Refused while anything is left, or the papers are not confirmed',
      '/organisation': 'A department or region that still holds something cannot be removed',
    },
  },
}
