-- Mentions follow their topic at the end of the transaction that moves it: behind the activity of
-- its new community, as posts there are written before what they mention. In its statement they
-- came before, and whoever moved a topic and whoever posted where it went could wait for each
-- other.
DROP TRIGGER follow_topic_of_mentions ON topics;
CREATE CONSTRAINT TRIGGER follow_topic_of_mentions
  AFTER UPDATE OF community_id, delete_time ON topics
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION follow_topic_of_mentions();
