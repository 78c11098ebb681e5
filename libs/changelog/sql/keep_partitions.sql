-- Makes partitions ahead and drops those that are older than $2 seconds at $1.
SELECT keep_change_log_partitions($1, make_interval(secs => $2))
