import type { SameShape } from '../i18n.ts'

export const zh = {
  signIn: '用{name}登录',
  or: '或者',
  refusedTitle: '没有登录',
  again: '再试一次',
  back: '用工号和密码登录',
  toProfile: '返回我的账户',
  own: {
    title: '用{name}登录',
    hint: '关联以后，不用输入本系统的密码，用{name}就能登录。',
    since: '已关联，{at}',
    none: '未关联',
    link: '关联{name}',
    unlink: '解除关联',
    unlinkHint: '解除以后用工号和密码登录。{name}里的邮箱与这里的一样时，下次用{name}登录会重新关联。',
    lede: '下一步到{name}，登录要关联的那个账户。回来以后，用它就能登录这里。',
    goOn: '前往{name}',
    cancel: '不关联',
  },
  staff: { title: '用{name}登录', linked: '已关联{name}，{at}', unlink: '解除关联' },
  refused: {
    unknown: '这个账户在本系统没有对应的在用人员。账户由系统管理员开立和关联，请找系统管理员。',
    stale: '这次登录没有完成，或者已经用过、等得太久。请从头再来一次。',
    mismatch: '回来的内容与发出的不符，没有登录。请从头再来一次；仍然这样，请找系统管理员。',
    cancelled: '登录在那边取消了。',
    down: '登录服务没有应答。请稍后再试，或用工号和密码登录。',
    too_many: '这个地址试得太多。请 15 分钟后再试。',
    taken: '没有关联：这个账户已经关联了别人，或者你已经关联了另一个。请先解除，或找系统管理员。',
    noPassword:
      '没有解除：你还没有自己的密码，解除以后就不能登录。请系统管理员发一个一次性密码，换成自己的以后再解除。',
    notLinked: '没有关联的账户，不用解除。',
  },
  notice: {
    linked: '已关联{name}，以后可以用它登录。',
    unlinked: '已解除与{name}的关联。',
    unlinkedStaff: '已解除 {name} 的关联，并结束了登录。',
  },
  history: {
    'identity.linked': '关联了公司登录账户',
    'identity.unlinked': '解除了公司登录账户的关联',
  },
}

export const en: SameShape<typeof zh> = {
  signIn: 'Sign in with {name}',
  or: 'or',
  refusedTitle: 'Not signed in',
  again: 'Try again',
  back: 'Sign in with number and password',
  toProfile: 'Back to my account',
  own: {
    title: 'Sign in with {name}',
    hint: 'Once linked, you sign in with {name} and need no password of this system.',
    since: 'Linked on {at}',
    none: 'Not linked',
    link: 'Link {name}',
    unlink: 'Unlink',
    unlinkHint:
      'You then sign in with number and password. If the e-mail address in {name} is the one you have here, signing in with {name} links it again.',
    lede: 'Next, {name} asks you to sign in with the account you want to link. Back here, you can sign in with it.',
    goOn: 'Go to {name}',
    cancel: 'Do not link',
  },
  staff: { title: 'Sign in with {name}', linked: 'Linked with {name} on {at}', unlink: 'Unlink' },
  refused: {
    unknown:
      'No active person here belongs to this account. Accounts are opened and linked by the system administrator: please ask there.',
    stale: 'This sign-in was not finished, was used before, or took too long. Please start again.',
    mismatch:
      'What came back is not what was sent out, so you are not signed in. Please start again; if it stays like this, ask the system administrator.',
    cancelled: 'The sign-in was cancelled over there.',
    down: 'The sign-in service does not answer. Try again later, or sign in with number and password.',
    too_many: 'Too many attempts from this address. Try again in 15 minutes.',
    taken:
      'Not linked: this account is linked to somebody else, or you have linked another one. Unlink it first, or ask the system administrator.',
    noPassword:
      'Not unlinked: you have no password of your own yet and could not sign in. Ask the system administrator for a one-time password, replace it, then unlink.',
    notLinked: 'No account is linked; there is nothing to unlink.',
  },
  notice: {
    linked: '{name} is linked; you can sign in with it.',
    unlinked: '{name} is unlinked.',
    unlinkedStaff: 'The account of {name} is unlinked and signed out.',
  },
  history: {
    'identity.linked': 'linked the company sign-in account',
    'identity.unlinked': 'unlinked the company sign-in account',
  },
}
