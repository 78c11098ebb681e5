-- The throttle asks of a place also whether anybody has signed in from it. The place comes first and
-- serves both questions.
CREATE INDEX sessions_by_place_and_account ON sessions (place, account_id);
DROP INDEX sessions_by_account_and_place;
