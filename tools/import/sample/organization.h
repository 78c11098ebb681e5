#pragma once

#include <vector>

#include "absl/time/time.h"
#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "tools/import/sample/chance.h"
#include "tools/import/sample/words.h"

namespace guildhall::sample {

// An organization made up of numbers, with the shape of a real archive: eight years of a community
// of mathematicians and programmers, 133,601 posts of 2,056 people in 5,124 topics of 84 streams.
// Logarithms of what was counted there have these means and deviations:
//
//   posts of a topic   2.17 ± 1.38   one in ten has 53 and more, one in a thousand 864
//   posts of a stream  5.48 ± 2.42   the largest has a sixth of all
//   people of a stream 3.23 ± 1.40
//   posts of a person  1.84 ± 1.75   the busiest wrote 7 in 100
//   words of a post    3.07 ± 1.14
//   seconds to the next post of a topic 5.81 ± 3.0
//
// Of its members one in seven has ever written, each tenth post has a member, each two-hundredth a
// community: more of both than the archive has, as organizations do. Communities nest, three
// in ten are CLOSED or SECRET; who writes in one may have left it.
//
// The same size gives the same organization, always. A larger one has the same members and
// communities and more of them; topics of their own.
class Organization {
 public:
  // `posts` is at least 1.
  explicit Organization(int posts);

  int members() const { return members_; }
  int communities() const { return communities_; }
  int topics() const { return static_cast<int>(topics_.size()); }

  // Each takes a number below these. What is above a community has a lower number.
  directory::v1::Member MemberOf(int member) const;
  directory::v1::Community CommunityOf(int community) const;
  std::vector<directory::v1::ImportedMembership> MembershipsOf(int community) const;
  discussions::v1::ImportedTopic TopicOf(int topic) const;
  std::vector<discussions::v1::ImportedPost> PostsOf(int topic) const;

 private:
  struct Topic {
    int community = 0;
    int author = 0;
    int posts = 0;
    absl::Time begins;
  };

  std::string NameOfTopic(int topic) const;
  Topic Plan(int number, int posts) const;

  int size_, members_, communities_;
  Vocabulary vocabulary_;
  Weighted places_, authors_;
  std::vector<Topic> topics_;
};

}  // namespace guildhall::sample
