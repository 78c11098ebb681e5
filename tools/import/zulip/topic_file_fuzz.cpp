#include "tools/import/zulip/topic_file.h"

#include <nlohmann/json.hpp>

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::zulip {
namespace {

// What is taken is JSON to everybody, with the same messages.
void CheckPosts(const std::vector<RawPost>& posts, std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  GUILDHALL_CHECK(json.is_array() && json.size() == posts.size());
  for (std::size_t i = 0; i < posts.size(); ++i) {
    GUILDHALL_CHECK(json[i].at("id") == posts[i].id);
    GUILDHALL_CHECK(json[i].at("timestamp") == posts[i].timestamp && posts[i].timestamp >= 0);
    GUILDHALL_CHECK(IsStorableUtf8(posts[i].sender) && IsStorableUtf8(posts[i].html));
  }
}

}  // namespace
}  // namespace guildhall::zulip

// The path of a file in a line, then what is in it.
void guildhall::testing::TakeInput(std::string_view input) {
  if (const auto path = zulip::ParseTopicPath(TakeLine(input))) {
    GUILDHALL_CHECK(!path->stream_name.empty() && !path->topic_name.empty());
  }
  if (const auto posts = zulip::ParseTopicFile(input); posts.ok()) {
    zulip::CheckPosts(*posts, input);
  }
}
