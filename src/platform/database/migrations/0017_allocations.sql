-- What an instance holds of its tenant's quota and its host's inventory in addition to its own size, while an operation
-- may give it another size. Deleted with the outcome of the operation. GPUs of an instance never change.
CREATE TABLE allocations (
  instance_id uuid PRIMARY KEY,
  operation_id uuid NOT NULL,
  tenant_id text NOT NULL,
  host_id text NOT NULL,
  vcpus integer NOT NULL,
  ram_gb integer NOT NULL,
  disk_gb integer NOT NULL
);
