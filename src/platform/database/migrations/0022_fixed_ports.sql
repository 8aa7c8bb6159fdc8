-- Ports of a host that instances have requested. An instance holds them until its row is deleted, also by a replica of
-- the previous version.
CREATE TABLE host_ports (
  host_id     text NOT NULL,
  protocol    text NOT NULL,
  port        integer NOT NULL,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL REFERENCES instances ON DELETE CASCADE,
  PRIMARY KEY (host_id, protocol, port)
);

CREATE INDEX host_ports_instance ON host_ports (instance_id);

SELECT share_rights('host_ports');
