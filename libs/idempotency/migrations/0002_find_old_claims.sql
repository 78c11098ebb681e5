-- What is purged leaves room that later rows take, and what BRIN knows of a page's times only widens:
-- after some days every page may hold an old row, and each round read the whole table. In order of
-- time, new entries all go to the last page of the index.
CREATE INDEX request_claims_by_time ON request_claims (create_time);
DROP INDEX request_claims_by_age;
