-- Posts are found by their day too: all of them are looked through again.
UPDATE search_progress SET known_topic_id = '00000000-0000-0000-0000-000000000000', known_number = 0;
