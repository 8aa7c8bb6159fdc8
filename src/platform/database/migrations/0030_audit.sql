-- Events of all tenants in order of time: operators search them, and old ones are removed. A block range index only
-- serves the latter, and cannot order.
CREATE INDEX resource_events_time ON resource_events (at, seq);
DROP INDEX instance_events_at;
