-- Makes partitions ahead and drops those that are too old.
-- $1 now, $2 how many seconds they are kept
SELECT keep_change_log_partitions($1, make_interval(secs => $2))
