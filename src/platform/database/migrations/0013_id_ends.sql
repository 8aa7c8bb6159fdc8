-- Finds instances by the end of their id, which command lines show: ids begin with the time of creation, so only their
-- ends differ. Each id is read backwards, so that its end is a prefix.
CREATE INDEX instances_id_end ON instances (reverse(id::text) COLLATE "C");
