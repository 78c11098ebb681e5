-- Of some communities those that stand, as far as others may stand below them. Parents are held.
-- $1 communities
SELECT id, ancestor_ids, visibility, admits FROM communities WHERE id = ANY ($1)
