#include "tools/import/sample/organization.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/ids.h"
#include "libs/resources/names.h"

namespace guildhall::sample {
namespace {

using directory::v1::Community;
using directory::v1::ImportedMembership;
using directory::v1::Member;
using discussions::v1::ImportedPost;
using discussions::v1::ImportedTopic;

// What a Chance is of.
enum Of : std::uint64_t {
  kMember = 1,
  kCommunity,
  kMemberships,
  kTopic,
  kTitle,
  kPosts,
  kPlace,
  kAuthor
};

constexpr int kPostsOfMember = 10, kPostsOfCommunity = 200, kMembersOfAuthor = 7;
constexpr int kMostPosts = 6'000, kMostWords = 2'700;
constexpr int kBranches = 8;
const absl::Time kFirst = absl::FromUnixSeconds(1'514'764'800);  // 2018-01-01
constexpr absl::Duration kSpan = absl::Hours(24 * 365 * 8);

Uuid IdOf(absl::Time time, std::string_view type, const std::string& key) {
  return ImportedUuid(time, "sample", type, key);
}

absl::Time JoinTime(int member) { return kFirst + absl::Seconds(member); }

std::string NameOfMember(int member) {
  return resources::Name(MemberId(IdOf(JoinTime(member), "member", std::to_string(member))));
}

std::string NameOfCommunity(int community) {
  return resources::Name(CommunityId(IdOf(kFirst, "community", std::to_string(community))));
}

void Put(absl::Time time, google::protobuf::Timestamp* timestamp) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

// Each third is below another; the number of steps up grows with the logarithm of its own.
std::optional<int> ParentOf(int community) {
  if (community % 3 != 2 || community < kBranches) return std::nullopt;
  return community / kBranches;
}

// No wider than what is above.
directory::v1::Visibility VisibilityOf(int community) {
  Chance chance(kCommunity, static_cast<std::uint64_t>(community));
  const double share = chance.Share();
  const auto own = share < 0.7   ? directory::v1::VISIBILITY_OPEN
                   : share < 0.9 ? directory::v1::VISIBILITY_CLOSED
                                 : directory::v1::VISIBILITY_SECRET;
  const std::optional<int> parent = ParentOf(community);
  return parent ? std::max(own, VisibilityOf(*parent)) : own;
}

std::vector<double> WeightsOf(Of of, int count, double mean, double deviation) {
  std::vector<double> weights;
  for (int i = 0; i < count; ++i) {
    weights.push_back(Chance(of, static_cast<std::uint64_t>(i)).LogNormal(mean, deviation));
  }
  return weights;
}

int Whole(double drawn, int most) { return static_cast<int>(std::clamp<double>(drawn, 1, most)); }

// Some of the words from `first` on, each once.
template <typename Add>
void AddWords(Chance& chance, int most, int first, int words, const Add& add) {
  std::set<int> ranks;
  for (int i = chance.Below(most + 1); i > 0; --i) ranks.insert(first + chance.Below(words));
  for (const int rank : ranks) add(WordOf(rank));
}

}  // namespace

Organization::Organization(int posts)
    : size_(posts),
      members_(std::max(2, posts / kPostsOfMember)),
      communities_(std::max(1, posts / kPostsOfCommunity)),
      places_(WeightsOf(kPlace, communities_, 5.48, 2.42)),
      authors_(WeightsOf(kAuthor, std::max(1, members_ / kMembersOfAuthor), 1.84, 1.75)) {
  for (int left = posts; left > 0; left -= topics_.back().posts) {
    topics_.push_back(Plan(topics(), left));
  }
}

Organization::Topic Organization::Plan(int number, int posts) const {
  Chance chance(kTopic, static_cast<std::uint64_t>(number));
  const int community = places_.Draw(chance), author = authors_.Draw(chance);
  return {.community = community,
          .author = author * kMembersOfAuthor,
          .posts = std::min(posts, Whole(chance.LogNormal(2.17, 1.38), kMostPosts)),
          .begins = kFirst + chance.Share() * kSpan};
}

Member Organization::MemberOf(int member) const {
  Chance chance(kMember, static_cast<std::uint64_t>(member));
  Member made;
  made.set_name(NameOfMember(member));
  made.set_display_name(vocabulary_.Title(chance));
  made.set_headline(vocabulary_.Title(chance));
  made.set_affiliation(directory::v1::AFFILIATION_EMPLOYEE);
  made.set_location(WordOf(5'000 + chance.Below(40)));
  AddWords(chance, 5, 6'000, 300, [&](std::string word) { made.add_skills(std::move(word)); });
  AddWords(chance, 3, 7'000, 300, [&](std::string word) { made.add_interests(std::move(word)); });
  Put(JoinTime(member), made.mutable_create_time());
  return made;
}

Community Organization::CommunityOf(int community) const {
  Chance chance(kCommunity, static_cast<std::uint64_t>(community));
  Community made;
  made.set_name(NameOfCommunity(community));
  if (const auto parent = ParentOf(community)) made.set_parent(NameOfCommunity(*parent));
  made.set_display_name(absl::StrCat(vocabulary_.Title(chance), " ", community));
  made.set_description(vocabulary_.Text(chance, 20));
  made.set_kind(static_cast<directory::v1::CommunityKind>(1 + community % 4));
  made.set_visibility(VisibilityOf(community));
  made.set_admits(directory::v1::ADMITS_EMPLOYEES);
  Put(kFirst, made.mutable_create_time());
  return made;
}

std::vector<ImportedMembership> Organization::MembershipsOf(int community) const {
  Chance chance(kMemberships, static_cast<std::uint64_t>(community));
  std::set<int> inside;
  const int most = std::max(1, members_ / 2);
  for (int i = Whole(chance.LogNormal(3.23, 1.40), most); i > 0; --i) {
    inside.insert(chance.Below(members_));
  }
  std::vector<ImportedMembership> made;
  for (const int member : inside) {
    ImportedMembership& each = made.emplace_back();
    each.set_community(NameOfCommunity(community));
    each.set_member(NameOfMember(member));
    each.set_role(made.size() == 1 ? directory::v1::ROLE_OWNER : directory::v1::ROLE_MEMBER);
    Put(JoinTime(member), each.mutable_create_time());
  }
  return made;
}

std::string Organization::NameOfTopic(int topic) const {
  const absl::Time begins = topics_[static_cast<std::size_t>(topic)].begins;
  return resources::Name(TopicId(IdOf(begins, "topic", absl::StrCat(size_, "/", topic))));
}

ImportedTopic Organization::TopicOf(int topic) const {
  const Topic& planned = topics_[static_cast<std::size_t>(topic)];
  Chance chance(kTitle, static_cast<std::uint64_t>(topic));
  ImportedTopic made;
  made.set_name(NameOfTopic(topic));
  made.set_community(NameOfCommunity(planned.community));
  made.set_title(vocabulary_.Title(chance));
  made.set_author(NameOfMember(planned.author));
  Put(planned.begins, made.mutable_create_time());
  return made;
}

std::vector<ImportedPost> Organization::PostsOf(int topic) const {
  const Topic& planned = topics_[static_cast<std::size_t>(topic)];
  Chance chance(kPosts, static_cast<std::uint64_t>(topic));
  const std::string parent = NameOfTopic(topic);
  std::vector<ImportedPost> made;
  absl::Time time = planned.begins;
  for (int number = 1; number <= planned.posts; ++number) {
    ImportedPost& post = made.emplace_back();
    const Uuid id = IdOf(time, "post", absl::StrCat(parent, "/", number));
    post.set_name(absl::StrCat(parent, "/posts/", id.ToString()));
    post.set_number(number);
    post.set_author(
        NameOfMember(number == 1 ? planned.author : authors_.Draw(chance) * kMembersOfAuthor));
    post.set_markdown(vocabulary_.Text(chance, Whole(chance.LogNormal(3.07, 1.14), kMostWords)));
    Put(time, post.mutable_create_time());
    time = std::min(time + absl::Seconds(chance.LogNormal(5.81, 3.0)), kFirst + kSpan);
  }
  return made;
}

}  // namespace guildhall::sample
