-- Lets nobody else make or use a secret until the end of the transaction. It reads nothing: what
-- those wrote for whom it waited is read by the next statement.
LOCK TABLE one_time_secrets IN SHARE ROW EXCLUSIVE MODE
