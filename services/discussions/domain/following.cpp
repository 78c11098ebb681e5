#include "libs/base/refusal.h"
#include "services/discussions/domain/import.h"

namespace guildhall::discussions {
namespace {

RecordHash::Digest ReplacedDigest(const Topic& topic) {
  return RecordHash().Text(topic.title).Number(static_cast<int>(topic.kind)).Finish();
}

// What an import only adds to a topic.
constexpr std::uint32_t kPinnedBit = 1, kClosedBit = 2;
std::uint32_t AddedBits(const Topic& topic) {
  return (topic.pinned ? kPinnedBit : 0) | (topic.closer ? kClosedBit : 0);
}

// Of what stands, its author aside: an outcome tells of another one by name.
RecordHash::Digest ContentBeside(const Topic& stands, const Topic& wanted) {
  Topic topic = stands;
  topic.author = wanted.author;
  return ContentOf(topic);
}

// Sets what the source has added; the rest is told.
TopicEdit Add(const Topic& wanted, const ImportTarget& target, ImportOutcome& outcome) {
  const Topic& stands = target.topic;
  const auto is_new = [&](std::uint32_t bit) {
    return SourceAdded(AddedBits(wanted), target.mark, bit);
  };
  TopicEdit edit;
  if (wanted.pinned && !stands.pinned) {
    if (is_new(kPinnedBit)) {
      edit.pinned = true;
    } else {
      outcome.asides.push_back(ImportAside::kPinned);
    }
  }
  if (wanted.closer && !stands.closer) {
    if (is_new(kClosedBit)) {
      edit.closed = true;
    } else {
      outcome.asides.push_back(ImportAside::kClosed);
    }
  }
  return edit;
}

}  // namespace

ImportMark MarkOf(const Topic& topic) { return {HalfOf(ReplacedDigest(topic)), AddedBits(topic)}; }

RecordHash::Digest ContentOf(const Topic& topic) {
  RecordHash hash;
  hash.Text(topic.title).Name(topic.author).Number(static_cast<int>(topic.kind));
  hash.Number(static_cast<std::int64_t>(topic.praised.size()));
  for (const MemberId member : topic.praised) hash.Name(member);
  return hash.Finish();
}

FollowingTopic FollowTopic(const Topic& wanted, ImportTarget& target) {
  Topic& topic = target.topic;
  if (target.deleted) return {{.result = ImportResult::kGone}};
  FollowingTopic following;
  ImportOutcome& outcome = following.outcome;
  outcome.content_hash = ContentOf(topic);
  if (topic.community != wanted.community) {
    outcome.result = ImportResult::kElsewhere;
    return following;
  }
  if (wanted.praised != topic.praised) {
    return {{.result = ImportResult::kRefused,
             .sentence = "praised_members: are others than of the topic"}};
  }
  if (wanted.author != topic.author) outcome.asides.push_back(ImportAside::kAuthor);
  outcome.result =
      Follow(ReplacedDigest(wanted), ReplacedDigest(topic), target.mark, topic.version);
  // With the kind would go the answer that somebody accepted here.
  if (topic.accepted_post && wanted.kind != topic.kind) outcome.result = ImportResult::kKept;
  TopicEdit edit = Add(wanted, target, outcome);
  if (outcome.result == ImportResult::kUpdated) {
    edit.title = wanted.title;
    if (wanted.kind != topic.kind) edit.kind = wanted.kind;
    const absl::Status fits = CheckEdit("topic", topic, edit);
    if (!fits.ok()) return {RefusedAlone(fits)};
  }
  ImportMark mark = target.mark.value_or(ImportMark());
  if (outcome.result != ImportResult::kKept) mark.replaced = HalfOf(ReplacedDigest(wanted));
  mark.added = AddedBits(wanted);
  following.edited = EditTopic(topic, std::move(edit), wanted.closer.value_or(wanted.author));
  if (following.edited && outcome.result == ImportResult::kUnchanged) {
    outcome.result = ImportResult::kUpdated;
  }
  following.marked = target.mark ? mark != *target.mark : following.edited;
  target.mark = mark;
  outcome.content_hash = ContentBeside(topic, wanted);
  return following;
}

}  // namespace guildhall::discussions
