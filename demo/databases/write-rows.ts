import type pg from 'pg'
import type { Rows } from './rows'

const KEYS: Readonly<Record<string, string>> = {
  'shop.customers': 'id',
  'shop.orders': 'order_no',
  'shop.order_history': 'order_no, seq',
  'crm.order_cards': 'order_no',
  'crm.card_history': 'order_no, seq',
  'crm.outbox': 'order_no, card_seq',
  'crm.dead_letters': 'message_id, died_at',
  'mes.partners': 'id',
  'mes.orders': 'order_no',
  'mes.order_events': 'order_no, seq',
  'mes.failed_messages': 'message_id, died_at',
}

/** Writes rows in one transaction, new ones and known ones alike: one statement for each table. */
export async function writeRows(client: pg.Client, rows: Rows): Promise<void> {
  await client.query('begin')
  for (const [table, all] of Object.entries(rows)) {
    const key = KEYS[table]
    const first = all[0]
    if (!key || !first) continue
    const columns = Object.keys(first)
    const sets = columns.map((column) => `${column} = excluded.${column}`).join(', ')
    await client.query(
      `insert into ${table} (${columns.join(', ')})
       select distinct on (${key}) ${columns.join(', ')} from json_populate_recordset(null::${table}, $1)
       on conflict (${key}) do update set ${sets}`,
      [JSON.stringify(all)],
    )
  }
  await client.query('commit')
}
