-- The rows of one engine in the order of their ids: what is held against what it reports.
CREATE INDEX instances_driver ON instances (driver, id);
