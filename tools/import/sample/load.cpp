#include "tools/import/sample/load.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "libs/base/status_macros.h"

namespace guildhall::sample {
namespace {

// Records that are made before they are sent.
constexpr int kPortion = 10'000;

// Makes records `of` each number below `count` and writes them in portions.
template <typename Made, typename Write>
absl::Status InPortions(int count, const Made& of, const Write& write) {
  decltype(of(0)) records;
  for (int number = 0; number < count; ++number) {
    std::ranges::move(of(number), std::back_inserter(records));
    if (records.size() < kPortion && number + 1 < count) continue;
    GUILDHALL_TRY(write(std::exchange(records, {})));
  }
  return absl::OkStatus();
}

template <typename Record>
std::vector<Record> One(Record record) {
  std::vector<Record> records;
  records.push_back(std::move(record));
  return records;
}

}  // namespace

absl::StatusOr<importing::Tally> Load(
    const Organization& organization, const importing::WriterMethods& methods,
    const importing::PostStream::Method& send_posts,
    const std::function<void(const importing::Count&)>& on_posts) {
  importing::Writer writer(methods);
  GUILDHALL_TRY(InPortions(
      organization.members(), [&](int n) { return One(organization.MemberOf(n)); },
      [&](auto records) { return writer.ImportMembers(std::move(records)); }));
  GUILDHALL_TRY(InPortions(
      organization.communities(), [&](int n) { return One(organization.CommunityOf(n)); },
      [&](auto records) { return writer.ImportCommunities(std::move(records)); }));
  GUILDHALL_TRY(InPortions(
      organization.communities(), [&](int n) { return organization.MembershipsOf(n); },
      [&](auto records) { return writer.ImportMemberships(std::move(records)); }));
  GUILDHALL_TRY(InPortions(
      organization.topics(), [&](int n) { return One(organization.TopicOf(n)); },
      [&](auto records) { return writer.ImportTopics(std::move(records)); }));
  importing::PostStream stream(send_posts);
  for (int topic = 0; topic < organization.topics(); ++topic) {
    GUILDHALL_TRY(stream.Add(organization.PostsOf(topic)));
    on_posts(stream.count());
  }
  GUILDHALL_TRY(stream.Finish());
  importing::Tally tally = writer.tally();
  tally.posts = stream.count();
  on_posts(tally.posts);
  return tally;
}

}  // namespace guildhall::sample
