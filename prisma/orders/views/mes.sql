-- The contract of Order Journey over the database of a manufacturing execution system. See shop.sql for the rules.
create schema if not exists order_journey;

create or replace view order_journey.orders as
select
  w.order_number::text       as order_id,
  'mes'::text                as system,
  w.channel::text            as channel,
  w.status::text             as status,
  w.created_at               as created_at,
  w.updated_at               as updated_at,
  w.status_changed_at        as status_changed_at,
  w.partner_id::text         as partner_id,
  w.partner_order_no::text   as partner_order_no,
  w.model_hash::text         as model_hash,
  w.price                    as price,
  w.currency::text           as currency,
  w.operator_id::text        as operator_id,
  w.received_at              as taken_at,
  w.pricing_started_at       as pricing_started_at,
  w.traceparent::text        as traceparent
from public.work_orders w;

create or replace view order_journey.status_changes as
select
  w.order_number::text       as order_id,
  'mes'::text                as system,
  c.status::text             as status,
  c.changed_at               as changed_at,
  c.id                       as seq,
  c.operator_id::text        as actor_id,
  b.published_at             as sent_at,      -- from the outbox: null until it was handed on
  c.received_at              as received_at,
  coalesce(b.message_id::text, c.message_id::text) as message_id,
  c.traceparent::text        as traceparent
from public.work_order_changes c
join public.work_orders w on w.id = c.work_order_id
left join public.outbox b on b.change_id = c.id;

create unique index if not exists work_orders_order_number_key on public.work_orders (order_number);
create index if not exists work_orders_updated_at_idx on public.work_orders (updated_at);
create index if not exists work_order_changes_work_order_id_idx on public.work_order_changes (work_order_id);
create index if not exists outbox_change_id_idx on public.outbox (change_id);
