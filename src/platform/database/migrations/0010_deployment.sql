-- Identity of this deployment at its engines, unique for each database even if deployments have the same name.
CREATE TABLE deployment (
  id      uuid NOT NULL,
  -- Allows exactly one row.
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only)
);
INSERT INTO deployment (id) VALUES (gen_random_uuid());
