import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'accounts'> = {
  'ACC-01': {
    title: '密码与登录',
    text:
      '密码至少 {accounts_password_length} 个字，不能是常见密码，也不能含自己的姓名、工号、手机号或公司名。连错 {accounts_tries} 次，账户锁定 {accounts_lock_minutes} 分钟，并告诉安全管理员；工号不对、密码不对、已锁定、已停用，回答都一样。' +
      '系统发的一次性密码满 {accounts_one_time_days} 天失效，第一次登录就要换掉。离开超过 {accounts_idle_minutes} 分钟自动退出；登录满 {accounts_session_hours} 小时须重新登录。每个人都能看到自己在哪里登录着，并在那里退出。',
    article: '补充',
    source: '产品补充规定；GB/T 22239—2019《网络安全等级保护基本要求》8.1.4.1 身份鉴别',
    acts: {
      '/sign-in': '限制连错的次数，锁定账户',
      '/password': '检查长短、是否常见、是否含个人信息',
      '/profile': '列出登录着的地方，可以逐个或全部退出',
      '/staff/:number/password': '限定有效期，原有登录全部结束',
    },
  },
  'ACC-02': {
    title: '停用账户',
    text: '离职人员的账户只停用，不删除：停用后立即在所有地方退出，经手的记录都保留。不能停用自己，也不能停用最后一位在用的系统管理员或安全管理员。还有下级、人员、客户、授权或导入的部门和区域不能删除，要先移走。',
    article: '19.1 款',
    source: '《客户档案管理制度》第 19 条第 1 款；《物业保密制度》2.3',
    acts: {
      '/staff/:number/disable': '立即退出所有地方，保留记录',
      '/organisation': '里面还有内容的部门和区域不能删除',
    },
  },
}

export const en: ChapterWords<'accounts'> = {
  'ACC-01': {
    title: 'Passwords and sign-in',
    text:
      'A password has at least {accounts_password_length} characters, is no common one, and contains neither one’s name, number or mobile nor the company’s name. {accounts_tries} wrong passwords in a row lock the account for {accounts_lock_minutes} minutes, and the security administrator is told; an unknown number, a wrong password, a locked and a disabled account are answered alike. ' +
      'An issued one-time password expires when {accounts_one_time_days} {accounts_one_time_days|day is|days are} over and is replaced at the first sign-in. A session ends after more than {accounts_idle_minutes} minutes of rest, and when {accounts_session_hours} {accounts_session_hours|hour|hours} are over. Everyone sees where they are signed in and can sign out there.',
    article: 'addition',
    source: 'The product’s own rule; GB/T 22239-2019 (classified protection of cybersecurity) 8.1.4.1 identification',
    acts: {
      '/sign-in': 'Wrong passwords are counted, the account is locked',
      '/password': 'Checked for length, common words and personal facts',
      '/profile': 'Shows where one is signed in; one or all can be ended',
      '/staff/:number/password': 'Limited in time; ends every session of the person',
    },
  },
  'ACC-02': {
    title: 'Disabling accounts',
    text: 'The account of somebody who leaves is disabled, never deleted: every session ends at once, and what the person recorded stays. Nobody disables their own account or the last active system or security administrator. A department or region that still holds units, staff, customers, grants or imports cannot be removed until they are moved.',
    article: 'art. 19.1',
    source: 'Customer file management, art. 19 (1); property confidentiality rules 2.3',
    acts: {
      '/staff/:number/disable': 'Signed out everywhere, the records stay',
      '/organisation': 'A department or region that still holds something cannot be removed',
    },
  },
}
