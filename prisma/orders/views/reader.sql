-- The role Order Journey reads with: the views of one schema, and nothing behind them. Run it once per database, after
-- the views; on a standby it arrives by replication. Set the password yourself: \password order_journey_reader
do $$
begin
  if not exists (select from pg_roles where rolname = 'order_journey_reader') then
    create role order_journey_reader login nosuperuser nocreatedb nocreaterole noreplication;
  end if;
end
$$;

alter role order_journey_reader connection limit 32;   -- 8 for each replica of Order Journey
alter role order_journey_reader set default_transaction_read_only = on;
alter role order_journey_reader set statement_timeout = '2s';

grant usage on schema order_journey to order_journey_reader;
grant select on all tables in schema order_journey to order_journey_reader;
-- A view `contacts` is granted apart, and only where support may reveal a customer's contact:
-- revoke select on order_journey.contacts from order_journey_reader;

-- On a standby, so that a quiet primary does not look like a late replica:
grant pg_read_all_stats to order_journey_reader;
