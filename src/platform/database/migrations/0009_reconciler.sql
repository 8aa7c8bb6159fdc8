-- Instances of one engine in id order, for comparison with its inventory.
CREATE INDEX instances_driver ON instances (driver, id);
