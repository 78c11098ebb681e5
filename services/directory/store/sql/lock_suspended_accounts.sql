-- Lets nobody else write who is suspended, nor create members, until the end of the transaction.
LOCK TABLE suspended_accounts IN EXCLUSIVE MODE
