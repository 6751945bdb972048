-- The contract of Order Journey over a shop's database that the CRM shares. Adapt the right-hand sides; run it as
-- the owner of the tables. What the company does not record is left out, never filled with NULL: a column that is
-- missing proves nothing, a NULL means "has not happened yet".
create schema if not exists order_journey;

-- One row per order and system that knows it: the shop's from the start, the CRM's from the moment it took it.
create or replace view order_journey.orders as
select
  o.number::text        as order_id,
  'shop'::text          as system,
  o.channel::text       as channel,           -- 'shop' or 'partner'
  o.status::text        as status,
  o.created_at          as created_at,
  o.updated_at          as updated_at,
  o.status_changed_at   as status_changed_at,
  o.partner_id::text    as partner_id,
  o.customer_id::text   as customer_id,       -- the internal id; never a name, an e-mail or a phone
  o.file_bucket::text   as file_bucket,
  o.file_key::text      as file_key,
  o.file_size           as file_size,
  o.file_etag::text     as file_etag,
  o.price               as price,
  o.currency::text      as currency,
  null::text            as seller_id,         -- the shop has none; the CRM's row below does
  null::timestamptz     as taken_at,
  o.traceparent::text   as traceparent
from public.orders o
union all
select
  o.number::text, 'crm', o.channel::text, c.status::text, c.created_at, c.updated_at, c.status_changed_at,
  o.partner_id::text, o.customer_id::text, o.file_bucket::text, o.file_key::text, o.file_size, o.file_etag::text,
  c.price, c.currency::text, c.seller_id::text, c.taken_at, c.traceparent::text
from public.crm_orders c
join public.orders o on o.id = c.order_id;

-- One row per change of a system's record.
create or replace view order_journey.status_changes as
select
  o.number::text        as order_id,
  h.system::text        as system,            -- 'shop' or 'crm': whose record changed
  h.status::text        as status,
  h.changed_at          as changed_at,
  h.id                  as seq,
  h.actor_id::text      as actor_id,
  h.sent_at             as sent_at,           -- when the CRM handed it on to MES
  h.received_at         as received_at,       -- when it came from MES
  h.message_id::text    as message_id,
  h.traceparent::text   as traceparent
from public.order_status_history h
join public.orders o on o.id = h.order_id;

-- Only with a recorder of dead letters:
-- create or replace view order_journey.dead_letters as
-- select order_number::text as order_id, message_id::text as message_id, queue::text as queue, reason::text as reason,
--        exchange::text as exchange, routing_keys::text[] as routing_keys, death_count as count, died_at as died_at
-- from public.dead_letters;

-- Only on a copy that is neither primary nor standby, such as a logical replica; its origin writes a row a minute:
-- create or replace view order_journey.heartbeat as select written_at as at from public.heartbeat;

-- Each order is looked up by its number, and a copy's age by the newest change.
create unique index if not exists orders_number_key on public.orders (number);
create index if not exists orders_updated_at_idx on public.orders (updated_at);
create index if not exists crm_orders_updated_at_idx on public.crm_orders (updated_at);
create index if not exists order_status_history_order_id_idx on public.order_status_history (order_id);
