/** The shop's database as its developers left it, and the views that the order contract asks for. */
export const SHOP_SCHEMA = `
create schema shop;
create schema crm;

create table shop.customers (
  id text primary key,
  full_name text not null,
  email text not null,
  phone text not null,
  delivery_address text
);

create table shop.orders (
  order_no text primary key,
  customer_id text not null references shop.customers,
  status text not null,
  status_changed_at timestamptz not null,
  item_kind text not null,
  file_bucket text,
  file_key text,
  file_size bigint,
  file_etag text,
  model_hash text,
  traceparent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on shop.orders (updated_at, order_no);
create index on shop.orders (status) where status = 'SUBMITTED';

create table shop.order_history (
  order_no text not null,
  seq bigint not null,
  status text not null,
  changed_at timestamptz not null,
  traceparent text,
  primary key (order_no, seq)
);

create table crm.order_cards (
  order_no text primary key,
  channel text not null,
  partner_id text,
  partner_order_no text,
  customer_id text,
  contact_name text,
  contact_email text,
  contact_phone text,
  status text not null,
  status_changed_at timestamptz not null,
  seller_id text,
  price numeric(12, 2),
  currency text,
  taken_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on crm.order_cards (updated_at, order_no);

create table crm.card_history (
  order_no text not null,
  seq bigint not null,
  status text not null,
  changed_at timestamptz not null,
  actor_id text,
  received_at timestamptz,
  message_id text,
  primary key (order_no, seq)
);

create table crm.outbox (
  order_no text not null,
  card_seq bigint not null,
  message_id text not null,
  routing_key text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (order_no, card_seq)
);

create table crm.dead_letters (
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
create index on crm.dead_letters (order_no);

create schema order_journey;

create view order_journey.orders as
select o.order_no as order_id, 'shop' as system, 'shop' as channel, o.status, o.status_changed_at,
       o.created_at, o.updated_at, null::text as partner_id, null::text as partner_order_no,
       o.customer_id, o.file_bucket, o.file_key, o.file_size, o.file_etag, o.model_hash,
       null::numeric as price, null::text as currency, null::text as seller_id,
       o.created_at as taken_at, o.traceparent
from shop.orders o
union all
select c.order_no, 'crm', c.channel, c.status, c.status_changed_at, c.created_at, c.updated_at,
       c.partner_id, c.partner_order_no, c.customer_id, o.file_bucket, o.file_key, o.file_size,
       o.file_etag, o.model_hash, c.price, c.currency, c.seller_id, c.taken_at, null
from crm.order_cards c left join shop.orders o using (order_no);

create view order_journey.status_changes as
select h.order_no as order_id, 'shop' as system, h.status, h.changed_at, h.seq, null::text as actor_id,
       null::timestamptz as sent_at, null::timestamptz as received_at, null::text as message_id,
       h.traceparent
from shop.order_history h
union all
select h.order_no, 'crm', h.status, h.changed_at, h.seq, h.actor_id, b.sent_at, h.received_at,
       coalesce(b.message_id, h.message_id), null
from crm.card_history h
left join crm.outbox b on b.order_no = h.order_no and b.card_seq = h.seq;

create view order_journey.dead_letters as
select order_no as order_id, message_id, queue, reason, exchange, array[routing_key] as routing_keys,
       death_count as count, died_at
from crm.dead_letters;

create view order_journey.contacts as
select c.order_no as order_id, c.contact_name as name, c.contact_email as email, c.contact_phone as phone
from crm.order_cards c;
`
