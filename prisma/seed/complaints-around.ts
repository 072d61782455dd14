import type pg from 'pg'

/** CMP-16: one customer in ten is of grade A, where nobody has a grade yet. */
export async function grade(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select 1 from customer where grade is not null limit 1')
  if (rows.length > 0) return
  await client.query(
    `update customer set grade = (case when id % 10 = 0 then 'A' when id % 10 < 3 then 'B' else 'C' end)::customer_grade
     where id % 2 = 0`,
  )
}

/** CMP-26: how one complains, where nobody has said it yet. */
export async function sayWays(client: pg.Client): Promise<void> {
  await client.query(
    `update company set complaint_phone = '0571-55500199', complaint_email = 'tousu@penglai.example',
       complaint_place = '城东营业部一楼服务台', complaint_person = '林知夏', complaint_hours = '周一至周六 08:30–17:30'
     where complaint_phone is null and complaint_email is null and complaint_place is null`,
  )
}
