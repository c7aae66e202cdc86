-- What docs/guide.md and docs/cookbook.md show, run by SqlGuideTest on PostgreSQL.

-- tag::sql-history
select revision, recorded, type, data ->> 'customer' as customer, metadata ->> 'actor' as actor
from letopis.event
where stream = 'order-17'
order by revision;
-- end::sql-history

-- tag::sql-tagged
select e.position, e.stream, e.type, e.data
from letopis.event_tag t
join letopis.event e on e.position = t.position
where t.tag = 'customer:c-456'
order by t.position;
-- end::sql-tagged

-- tag::sql-kept
select e.position, e.stream, e.type
from letopis.event e
left join letopis.stream_rule r on r.stream = e.stream
where e.category = 'order' and e.revision >= coalesce(r.first_kept, 0)
order by e.position;
-- end::sql-kept

-- tag::sql-joined
select b.id, b.cents, e.recorded as ordered
from bill b
join letopis.event e on e.stream = b.order_stream and e.revision = 0;
-- end::sql-joined

-- tag::sql-turn
select a.pid, a.usename, a.application_name, a.state, a.query, clock_timestamp() - a.xact_start as since
from pg_locks l
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.granted
  and l.classid::bigint = 1281717359 and l.objid = 'letopis.event'::regclass::oid;
-- end::sql-turn
