#include "tools/import/demo/read_community.h"

#include <algorithm>

namespace guildhall::demo {
namespace {

using directory::v1::Role;

constexpr std::pair<std::string_view, discussions::v1::ReactionKind> kReactions[] = {
    {"like", discussions::v1::REACTION_KIND_LIKE},
    {"thanks", discussions::v1::REACTION_KIND_THANKS},
    {"celebrate", discussions::v1::REACTION_KIND_CELEBRATE},
    {"laugh", discussions::v1::REACTION_KIND_LAUGH},
    {"surprise", discussions::v1::REACTION_KIND_SURPRISE},
    {"sad", discussions::v1::REACTION_KIND_SAD}};

// "tiago, 2025-06-03 09:14"
Post ReadPost(FileReader& file, const Part& part) {
  const std::size_t comma = part.title.find(", ");
  if (comma == std::string::npos) {
    file.Find(part.line, "a post begins with `### member, 2026-03-31 08:15`");
    return {.line = part.line};
  }
  Facts facts = TakeFacts(part.text, "+ ");
  Post post{.line = part.line,
            .author = part.title.substr(0, comma),
            .time = file.Time(part.line, part.title.substr(comma + 2))};
  post.reply_to = file.PostNumber(facts, part.line, "to");
  post.removed = facts.Take("removed").value_or("");
  for (const auto& [key, kind] : kReactions) {
    for (std::string& member : SplitList(facts.Take(key).value_or(""))) {
      post.reactions.push_back({std::move(member), kind});
    }
  }
  file.FindLeftovers(facts, part.line);
  post.markdown = std::move(facts.rest);
  return post;
}

Topic ReadTopic(FileReader& file, const Part& part) {
  Facts facts = TakeFacts(part.text);
  Topic topic{.line = part.line, .title = part.title};
  if (const auto kind = facts.Take("kind")) {
    topic.kind = file.Value(part.line, &discussions::v1::TopicKind_Parse, "TOPIC_KIND_", *kind);
  }
  topic.answer = file.PostNumber(facts, part.line, "answer");
  topic.praised = SplitList(facts.Take("praises").value_or(""));
  topic.pinned = file.Yes(facts, part.line, "pinned");
  topic.closer = facts.Take("closed by").value_or("");
  topic.moved_to = facts.Take("moved to").value_or("");
  topic.removed = facts.Take("removed").value_or("");
  file.FindLeftovers(facts, part.line);
  if (!facts.rest.empty()) file.Find(part.line, "the text of a topic stands in its posts");
  return topic;
}

void ReadParticipants(Facts& facts, std::string_view key, Role role, Community& community) {
  for (std::string& member : SplitList(facts.Take(key).value_or(""))) {
    community.participants.push_back({std::move(member), role});
  }
}

// Those of whole files, where they are not named already.
void ReadGroups(FileReader& file, const Part& part, Facts& facts, const Groups& groups,
                Community& community) {
  for (const std::string& name : SplitList(facts.Take("everybody of").value_or(""))) {
    const auto group = groups.find(name);
    if (group == groups.end()) {
      file.Find(part.line, absl::StrCat("there is no members/", name, ".md"));
      continue;
    }
    for (const std::string& member : group->second) {
      if (community.RoleOf(member) != Role{}) continue;
      community.participants.push_back({member, Role::ROLE_MEMBER});
    }
  }
}

Charter ReadCharter(FileReader& file, const Part& part, Facts& facts) {
  Charter charter{.purpose = facts.Take("purpose").value_or(""),
                  .sponsor = facts.Take("sponsor").value_or(""),
                  .cadence = facts.Take("meets").value_or(""),
                  .welcome = facts.Take("welcome").value_or("")};
  if (const auto review = facts.Take("review")) charter.review = file.Time(part.line, *review);
  return charter;
}

void ReadCommunityPart(FileReader& file, const Part& part, const Groups& groups,
                       Community& community) {
  Facts facts = TakeFacts(part.text);
  community.display_name = part.title;
  community.kind = file.Value(part.line, &directory::v1::CommunityKind_Parse, "COMMUNITY_KIND_",
                              file.Due(facts, part.line, "kind"));
  community.visibility = file.Value(part.line, &directory::v1::Visibility_Parse, "VISIBILITY_",
                                    file.Due(facts, part.line, "visibility"));
  community.admits = file.Value(part.line, &directory::v1::Admits_Parse, "ADMITS_",
                                file.Due(facts, part.line, "admits"));
  community.founded = file.Time(part.line, file.Due(facts, part.line, "founded"));
  community.parent = facts.Take("parent").value_or("");
  community.former_name = facts.Take("formerly").value_or("");
  community.location = facts.Take("location").value_or("");
  ReadParticipants(facts, "owners", Role::ROLE_OWNER, community);
  ReadParticipants(facts, "moderators", Role::ROLE_MODERATOR, community);
  ReadParticipants(facts, "members", Role::ROLE_MEMBER, community);
  ReadGroups(file, part, facts, groups, community);
  community.charter = ReadCharter(file, part, facts);
  community.requests = file.Notes(facts, part.line, "asks to join");
  community.declined_requests = file.Notes(facts, part.line, "declined");
  community.invitations = file.Notes(facts, part.line, "invited");
  community.bans = file.Notes(facts, part.line, "banned");
  community.description = std::move(facts.rest);
  // Lines of a paragraph are one line of plain text.
  std::replace(community.description.begin(), community.description.end(), '\n', ' ');
  file.FindLeftovers(facts, part.line);
}

}  // namespace

Community ReadCommunity(FileReader& file, std::string key, const std::vector<Part>& parts,
                        const Groups& groups) {
  Community community{.file = file.name(), .key = std::move(key)};
  if (parts.empty() || parts.front().level != 1) {
    file.Find(1, "a community begins with `# Its name`");
    return community;
  }
  ReadCommunityPart(file, parts.front(), groups, community);
  for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
    if (part->level == 2) {
      community.topics.push_back(ReadTopic(file, *part));
    } else if (part->level == 3 && !community.topics.empty()) {
      community.topics.back().posts.push_back(ReadPost(file, *part));
    } else {
      file.Find(part->line, "expected `## A topic` or `### member, time`");
    }
  }
  return community;
}

}  // namespace guildhall::demo
