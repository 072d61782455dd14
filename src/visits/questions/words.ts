import type { SameShape } from '../../i18n.ts'

export const zh = {
  title: '拜访报告要问的',
  lede: '按对象和等级，在拜访报告里加问几句。停用的不再问，答过的留着。',
  new: '新加一问',
  everyone: '所有对象',
  noGrade: '不分等级',
  isRequired: '必答',
  optional: '可不答',
  answers: '{n} 次回答',
  retiredHead: '停用的',
  act: { add: '加上', up: '上移', down: '下移', retire: '停用' },
  column: { question: '问什么', who: '问谁', required: '必答', answers: '回答' },
  field: { question: '问什么', target: '对象', grade: '等级', required: '必答' },
  hint: { question: '一句话，例如“仓库里有没有积压的货？”', grade: '只对有等级的客户' },
  nothing: { heading: '还没有加问的', hint: '加上以后，写报告的人马上会看到。' },
  refused: {
    gone: '没有保存：这一问已经停用。',
    same: '没有保存：同样的一问已经有了。',
    tooMany: '没有保存：最多同时问 {most} 句。先停用不要的。',
    edge: '没有保存：已经在最前或最后。',
  },
  notice: { added: '已加上。', moved: '顺序已改。', retired: '已停用，答过的留着。' },
  history: {
    'visit_question.added': '加问拜访报告',
    'visit_question.moved': '调整拜访报告要问的顺序',
    'visit_question.retired': '停用拜访报告要问的',
  },
} as const

export const en: SameShape<typeof zh> = {
  title: 'Questions of visit reports',
  lede: 'Ask more in visit reports, by kind and grade. Retired ones are not asked again; answers stay.',
  new: 'Add a question',
  everyone: 'Everyone',
  noGrade: 'Whatever grade',
  isRequired: 'Required',
  optional: 'Optional',
  answers: '{n} {n|answer|answers}',
  retiredHead: 'Retired',
  act: { add: 'Add', up: 'Up', down: 'Down', retire: 'Retire' },
  column: { question: 'Question', who: 'Asked of', required: 'Required', answers: 'Answers' },
  field: { question: 'Question', target: 'Kind', grade: 'Grade', required: 'Required' },
  hint: { question: 'One sentence, such as “Is there unsold stock?”', grade: 'Only customers with a grade' },
  nothing: { heading: 'No questions yet', hint: 'Once added, whoever writes a report sees it at once.' },
  refused: {
    gone: 'Nothing was saved: this question was retired.',
    same: 'Nothing was saved: the same question is there already.',
    tooMany: 'Nothing was saved: {most} questions at most. Retire some first.',
    edge: 'Nothing was saved: it stands first or last already.',
  },
  notice: { added: 'Added.', moved: 'Moved.', retired: 'Retired; its answers stay.' },
  history: {
    'visit_question.added': 'question of visit reports added',
    'visit_question.moved': 'question of visit reports moved',
    'visit_question.retired': 'question of visit reports retired',
  },
}
