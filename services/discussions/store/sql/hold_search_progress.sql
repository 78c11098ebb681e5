-- Holds the progress of the words until the end of the transaction, and reads nothing. Whoever writes
-- words holds it first, so that no two wait for each other's rows, whatever their order is.
SELECT FROM search_progress FOR NO KEY UPDATE
