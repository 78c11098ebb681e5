-- Makes another log of one whose database goes on in another history.
UPDATE change_log_head SET incarnation = gen_random_uuid(), history = change_log_history()
WHERE history <> change_log_history()
