/** MES's database, bought with its source code, and the views that the order contract asks for. */
export const MES_SCHEMA = `
create schema mes;

create table mes.partners (
  id text primary key,
  name text not null,
  contact_email text not null
);

create table mes.orders (
  order_no text primary key,
  source text not null,
  partner_id text references mes.partners,
  partner_order_no text,
  ship_to_name text,
  ship_to_phone text,
  status text not null,
  status_changed_at timestamptz not null,
  polygons int,
  file_bucket text,
  file_key text,
  file_size bigint,
  file_etag text,
  model_hash text,
  price numeric(12, 2),
  currency text,
  operator_id text,
  received_at timestamptz not null,
  pricing_started_at timestamptz,
  traceparent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on mes.orders (updated_at, order_no);
create index on mes.orders (partner_id, partner_order_no);

create table mes.order_events (
  order_no text not null,
  seq bigint not null,
  status text not null,
  occurred_at timestamptz not null,
  operator_id text,
  published_at timestamptz,
  received_at timestamptz,
  message_id text,
  primary key (order_no, seq)
);

create table mes.failed_messages (
  message_id text not null,
  order_no text not null,
  queue text not null,
  reason text not null,
  exchange text not null,
  routing_key text not null,
  death_count int not null,
  died_at timestamptz not null,
  primary key (message_id, died_at)
);
create index on mes.failed_messages (order_no);

create schema order_journey;

create view order_journey.orders as
select order_no as order_id, 'mes' as system, source as channel, status, status_changed_at, created_at,
       updated_at, partner_id, partner_order_no, file_bucket, file_key, file_size, file_etag, model_hash,
       price, currency, operator_id, received_at as taken_at, pricing_started_at, traceparent
from mes.orders;

create view order_journey.status_changes as
select order_no as order_id, 'mes' as system, status, occurred_at as changed_at, seq,
       operator_id as actor_id, published_at as sent_at, received_at, message_id
from mes.order_events;

create view order_journey.dead_letters as
select order_no as order_id, message_id, queue, reason, exchange, array[routing_key] as routing_keys,
       death_count as count, died_at
from mes.failed_messages;
`
