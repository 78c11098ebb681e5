// What the change of one resource says about another.
import type { Post, Topic } from './contracts/guildhall/discussions/v1/discussions_service_pb.js';

/**
 * The topic after a post in it was told: a post with a higher number is its last one now, of which
 * no change of the topic is told. Answers `topic` itself if nothing is new.
 */
export function withPost(topic: Topic, post: Post): Topic {
  if (post.number <= topic.lastPostNumber || !post.name.startsWith(`${topic.name}/`)) return topic;
  return { ...topic, lastPostNumber: post.number, lastAuthor: post.author,
    ...(post.createTime && { lastPostTime: post.createTime }) };
}
