#include "tools/import/demo/names.h"

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/resources/names.h"

namespace guildhall::demo {

Uuid DemoId(absl::Time time, std::string_view type, const std::string& key) {
  return ImportedUuid(time, "demo", type, key);
}

MemberId Names::IdOfMember(const std::string& key) const {
  const auto account = accounts_.find(key);
  if (account != accounts_.end()) return account->second;
  const Member* member = organization_.FindMember(key);
  GUILDHALL_CHECK(member != nullptr);
  return MemberId(DemoId(member->joined, "member", key));
}

CommunityId Names::IdOfCommunity(const std::string& key) const {
  const Community* community = organization_.FindCommunity(key);
  GUILDHALL_CHECK(community != nullptr);
  return CommunityId(DemoId(community->founded, "community", key));
}

std::string Names::OfMember(const std::string& key) const {
  return resources::Name(IdOfMember(key));
}

std::string Names::OfCommunity(const std::string& key) const {
  return resources::Name(IdOfCommunity(key));
}

TopicId Names::IdOf(const Community& community, const Topic& topic) const {
  const Post& first = topic.posts.front();
  return TopicId(DemoId(first.time, "topic", absl::StrCat(community.key, "/", first.author)));
}

std::string Names::OfPost(const Community& community, const Topic& topic, int number) const {
  const TopicId id = IdOf(community, topic);
  const Post& post = topic.posts[static_cast<std::size_t>(number) - 1];
  return resources::PostName(
      id, PostId(DemoId(post.time, "post", absl::StrCat(id.ToString(), "/", number))));
}

}  // namespace guildhall::demo
