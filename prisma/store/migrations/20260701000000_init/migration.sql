-- Names are qualified throughout: a security definer function must not depend on anybody's search_path.
create schema if not exists store;

-- Roles belong to the whole server. `provisionStore`, or a company's DBA, makes them with their
-- passwords; here only those still missing are made, without a way to sign in.
do $$
declare
  missing text;
begin
  foreach missing in array array['order_journey_app', 'order_journey_worker', 'order_journey_archiver'] loop
    if not exists (select from pg_roles where rolname = missing) then
      begin
        execute format('create role %I nologin', missing);
      exception when duplicate_object or unique_violation then
        null; -- Another migration on this server was faster.
      end;
    end if;
  end loop;
end
$$;

create table store.auth_session (
  id              uuid           not null default gen_random_uuid(),
  issuer          text           not null,
  subject         text           not null,
  name            text,
  roles           text[],
  scope           jsonb          not null default '{}',
  amr             text[],
  acr             text,
  auth_time       timestamptz(3) not null,
  idp_sid         text,
  id_token_sealed bytea,
  created_at      timestamptz(3) not null,
  last_seen_at    timestamptz(3) not null,
  expires_at      timestamptz(3) not null,
  revoked_at      timestamptz(3),
  constraint auth_session_pkey primary key (id)
);
create index auth_session_issuer_subject_idx on store.auth_session (issuer, subject);
create index auth_session_issuer_idp_sid_idx on store.auth_session (issuer, idp_sid);

create table store.audit_event (
  ts            timestamptz(3) not null,
  id            uuid           not null,
  chain_id      uuid           not null,
  counter       bigint         not null,
  phase         text           not null check (phase in ('single', 'intent', 'outcome', 'start', 'end', 'summary')),
  first_id      uuid,
  request_id    uuid           not null,
  listener      text           not null check (listener in ('staff', 'partner', 'worker')),
  actor_iss     text,
  actor_sub     text,
  roles         text[]         not null,
  scope         text,
  ip            inet,
  session_hash  text,
  action        text           not null,
  resource_type text,
  resource_id   text,
  id_count      integer,
  decision      text           not null check (decision in ('allow', 'deny')),
  reason        text,
  status        smallint,
  sources       text[],
  row_count     integer,
  prev_hash     bytea          not null,
  hash          bytea          not null,
  constraint audit_event_pkey primary key (ts, id)
) partition by range (ts);
create unique index audit_event_chain_id_counter_ts_key on store.audit_event (chain_id, counter, ts);
create index audit_event_actor_iss_actor_sub_ts_idx on store.audit_event (actor_iss, actor_sub, ts);
create index audit_event_resource_type_resource_id_ts_idx on store.audit_event (resource_type, resource_id, ts);

create function store.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'Audit rows are only ever added: % on % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_is_append_only before update or delete on store.audit_event
  for each row execute function store.refuse_audit_change();
create trigger audit_event_is_never_truncated before truncate on store.audit_event
  for each statement execute function store.refuse_audit_change();

-- This month and the next two, and last month's for a process whose clock is behind at the month's turn.
-- Each statement repeats harmlessly, so replicas may all call it.
create function store.ensure_audit_partitions() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  this_month date := date_trunc('month', now() at time zone 'UTC');
  month date;
  partition text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(72707371);
  for month in select generate_series(this_month - interval '1 month', this_month + interval '2 months', '1 month') loop
    partition := 'audit_event_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('store.' || partition) is not null;
    execute format(
      'create table store.%I partition of store.audit_event for values from (%L) to (%L)',
      partition, to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
      to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
    -- A partitioned table hands its row triggers down, but not those of a statement.
    execute format(
      'create trigger audit_event_is_never_truncated before truncate on store.%I
         for each statement execute function store.refuse_audit_change()', partition);
    made := made + 1;
  end loop;
  return made;
end
$$;

-- Thirteen months after its last row could have been written, and not before.
create function store.drop_audit_partition(partition text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ends timestamptz;
begin
  if partition !~ '^audit_event_[0-9]{4}_[0-9]{2}$' then
    raise exception '% is no partition of the audit', partition using errcode = 'invalid_parameter_value';
  end if;
  ends := (to_date(right(partition, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC';
  if ends > now() - interval '13 months' then
    raise exception 'Audit rows are kept for 13 months: % is too young', partition
      using errcode = 'insufficient_privilege';
  end if;
  execute format('drop table store.%I', partition);
end
$$;

create table store.audit_seal (
  chain_id  uuid           not null,
  counter   bigint         not null,
  hash      bytea          not null,
  sealed_at timestamptz(3) not null,
  constraint audit_seal_pkey primary key (chain_id, sealed_at)
);
create trigger audit_seal_is_append_only before update or delete on store.audit_seal
  for each row execute function store.refuse_audit_change();
create trigger audit_seal_is_never_truncated before truncate on store.audit_seal
  for each statement execute function store.refuse_audit_change();

create table store.viewer_preference (
  issuer    text not null,
  subject   text not null,
  locale    text,
  time_zone text,
  theme     text,
  constraint viewer_preference_pkey primary key (issuer, subject)
);

create table store.recent_order (
  issuer   text           not null,
  subject  text           not null,
  order_id text           not null,
  seen_at  timestamptz(3) not null,
  constraint recent_order_pkey primary key (issuer, subject, order_id)
);
create index recent_order_issuer_subject_seen_at_idx on store.recent_order (issuer, subject, seen_at);

revoke all on schema store from public;
revoke all on all functions in schema store from public;
grant usage on schema store to order_journey_app, order_journey_worker, order_journey_archiver;
grant select, insert on store.audit_event, store.audit_seal to order_journey_app, order_journey_worker;
grant select, insert, update, delete on store.auth_session, store.viewer_preference, store.recent_order
  to order_journey_app, order_journey_worker;
grant execute on function store.ensure_audit_partitions() to order_journey_app, order_journey_worker;
grant execute on function store.drop_audit_partition(text) to order_journey_archiver;

select store.ensure_audit_partitions();
