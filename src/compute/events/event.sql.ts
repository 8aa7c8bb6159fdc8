/** The columns of `resource_events` as members of an `InstanceEvent`. */
export const EVENT_MEMBERS = `resource_id AS "instanceId", version, type, from_status AS "from", to_status AS "to", reason,
  actor, request_id AS "requestId", operation_id AS "operationId", floor(extract(epoch FROM at))::int AS at`;
