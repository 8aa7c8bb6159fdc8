-- Who this service is to its engines: what two databases make there is told apart, whatever their services are called.
CREATE TABLE deployment (
  id      uuid NOT NULL,
  -- One row, and no second one.
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only)
);
INSERT INTO deployment (id) VALUES (gen_random_uuid());
