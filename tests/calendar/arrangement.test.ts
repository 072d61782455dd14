import { describe, expect, it } from 'vitest'
import { readArrangement } from '../../src/calendar/arrangement.ts'
import { statutoryYears } from '../../src/calendar/statutory.ts'

/** As the State Council's office wrote it for 2026 (国办发明电〔2025〕7 号). */
const notice2026 = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`

const reasons = (text: string, year = 2027) =>
  readArrangement(text, year).problems.map(({ reason, params }) => [
    reason.replace('calendar:refused.', ''),
    params?.['line'],
  ])

describe('CAL-01: entering a year', () => {
  it('the notice as it stands gives the very days of the year', () => {
    const { days, problems } = readArrangement(notice2026, 2026)
    expect(problems).toEqual([])
    expect(days).toEqual(statutoryYears().get(2026))
  })

  it('so does the whole letter, with whom it is for and the day it was signed', () => {
    const letter = `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
${notice2026}
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。
国务院办公厅
2025年11月4日`
    expect(readArrangement(letter, 2026)).toEqual({ days: statutoryYears().get(2026), problems: [] })
  })

  it('so do lines of dates, in Chinese and in English, with whatever dash', () => {
    const lines = `2027-01-01 – 2027-01-03 放假 元旦
2027-02-06—2027-02-12 放假 春节
2027/1/31 补班 春节
2027-04-03~2027-04-05 off Tomb-sweeping Day

2027.5.1-2027.5.5 放假 劳动节`
    const { days, problems } = readArrangement(lines, 2027)
    expect(problems).toEqual([])
    expect(days).toHaveLength(3 + 7 + 1 + 3 + 5)
    expect(days.find(({ day }) => day === '2027-01-31')).toEqual({ day: '2027-01-31', working: true, name: '春节' })
    expect(days.find(({ day }) => day === '2027-04-04')?.name).toBe('Tomb-sweeping Day')
  })

  it('a New Year that begins in the old one, with and without its year', () => {
    const rest = '国庆节：10月1日至13日放假。'
    for (const first of ['元旦：2026年12月31日至2027年1月2日放假调休', '元旦：12月31日至1月2日放假']) {
      const { days, problems } = readArrangement(`${first}\n${rest}`, 2027)
      expect(problems).toEqual([])
      expect(days.slice(0, 3).map(({ day }) => day)).toEqual(['2026-12-31', '2027-01-01', '2027-01-02'])
    }
  })

  it('every line that cannot be read is named, and all at once', () => {
    const lines = `元旦放假
2027-02-30 放假 春节
2027-02-06 春节
2027-04-05
2027-05-05–2027-05-01 放假 劳动节
2026-10-01 放假 国庆节
2027-10-01–2027-11-30 放假 国庆节
端午节：6月9日放假，6月10日上班`
    expect(reasons(lines)).toEqual([
      ['line.date', 1],
      ['line.noDay', 2],
      ['line.kind', 3],
      ['line.name', 4],
      ['line.backward', 5],
      ['line.otherYear', 6],
      ['line.tooLong', 7],
      ['line.kind', 8],
    ])
  })

  it('a day is not off and working at once', () => {
    expect(reasons('2027-02-06–2027-02-12 放假 春节\n2027-02-07 补班 春节')).toEqual([['line.twice', 2]])
  })

  it('half a year is not taken for the whole: 13 days off are the least the state grants', () => {
    const { problems } = readArrangement('国庆节：10月1日至12日放假', 2027)
    expect(problems).toMatchObject([{ reason: 'calendar:refused.tooFew', params: { n: 12, least: 13 } }])
    expect(reasons('国庆节：10月1日至13日放假')).toEqual([])
  })

  it.each(['', ' \n \n', '：：：', '你好', '放假', '（'.repeat(5000), '1月1日'.repeat(2000), '\u202e2027-01-01 放假'])(
    'nonsense is told, not thrown: %j',
    (text) => expect(reasons(text.slice(0, 10_000)).length).toBeGreaterThan(0),
  )
})
