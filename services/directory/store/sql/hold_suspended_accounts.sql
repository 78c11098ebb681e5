-- Keeps others from writing who is suspended until the end of the transaction. It reads nothing:
-- what those wrote for whom it waited is read by the next statement.
LOCK TABLE suspended_accounts IN ROW SHARE MODE
