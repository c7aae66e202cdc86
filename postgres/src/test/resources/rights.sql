-- What docs/operations.md says an application needs; RightsTest runs it, and then works with no more.

-- tag::rights
grant usage on schema letopis to application;
grant select on letopis.migration to application;
grant select, insert on letopis.event, letopis.event_tag to application;
grant select, update on letopis.store to application;
grant select, insert, delete on letopis.stream_rule to application;
-- to scavenge:
grant update on letopis.event to application;
grant delete on letopis.event_tag to application;
-- end::rights
