-- Posts are found by their topics, too: by a form that begins with #o. It follows the row, so
-- whoever writes words, an older version as well, writes it along.
CREATE FUNCTION mark_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.words := ts_delete(NEW.words, '#o' || OLD.topic_id);
  END IF;
  NEW.words := NEW.words || array_to_tsvector(ARRAY['#o' || NEW.topic_id]);
  RETURN NEW;
END $$;

CREATE TRIGGER words_tell_topic BEFORE INSERT OR UPDATE OF topic_id, words ON post_words
  FOR EACH ROW EXECUTE FUNCTION mark_topic();

-- All posts are looked through again.
UPDATE word_progress SET known_topic_id = '00000000-0000-0000-0000-000000000000', known_number = 0;
