-- A reset ends the earlier ones of its account.
CREATE INDEX one_time_secrets_by_account ON one_time_secrets (account_id, kind);
