import { query } from '@/e2e/http/demo'

/** Makes each reading of the orders of both databases take that long, or no time at all. */
export async function delayRows(ms: number): Promise<void> {
  for (const database of ['demo_shop', 'demo_mes'] as const) {
    const [there] = await query(
      database,
      "select from pg_views where schemaname = 'order_journey' and viewname = 'orders_at_once'",
    )
    if (!there) {
      await query(database, 'alter view order_journey.orders rename to orders_at_once')
      await query(
        database,
        'create view order_journey.orders as select * from order_journey.orders_at_once',
      )
      await query(database, 'grant select on order_journey.orders to journey_reader')
    }
    // A subquery that depends on nothing is asked once for each reading.
    await query(
      database,
      `create or replace view order_journey.orders as select * from order_journey.orders_at_once
       ${ms > 0 ? `where (select 1 from pg_sleep(${ms / 1000})) = 1` : ''}`,
    )
  }
}
