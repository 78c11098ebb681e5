-- Whose accounts are suspended, as far as it was heard.
SELECT member_id FROM suspended_accounts
