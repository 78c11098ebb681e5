#include "tools/import/source/reactions.h"

#include <algorithm>
#include <array>

namespace guildhall::importing {
namespace {

using namespace discussions::v1;  // NOLINT: six of its names

struct Named {
  std::string_view name;
  ReactionKind kind;
};

// By the short names that chats and forums share, without colons and skin tones, and by the emoji.
constexpr std::array kKinds = {
    Named{"+1", REACTION_KIND_LIKE},
    Named{"thumbsup", REACTION_KIND_LIKE},
    Named{"thumbs_up", REACTION_KIND_LIKE},
    Named{"like", REACTION_KIND_LIKE},
    Named{"heart", REACTION_KIND_LIKE},
    Named{"hearts", REACTION_KIND_LIKE},
    Named{"👍", REACTION_KIND_LIKE},
    Named{"❤️", REACTION_KIND_LIKE},
    Named{"pray", REACTION_KIND_THANKS},
    Named{"thanks", REACTION_KIND_THANKS},
    Named{"thank_you", REACTION_KIND_THANKS},
    Named{"🙏", REACTION_KIND_THANKS},
    Named{"tada", REACTION_KIND_CELEBRATE},
    Named{"clap", REACTION_KIND_CELEBRATE},
    Named{"raised_hands", REACTION_KIND_CELEBRATE},
    Named{"partying_face", REACTION_KIND_CELEBRATE},
    Named{"rocket", REACTION_KIND_CELEBRATE},
    Named{"🎉", REACTION_KIND_CELEBRATE},
    Named{"joy", REACTION_KIND_LAUGH},
    Named{"laughing", REACTION_KIND_LAUGH},
    Named{"smile", REACTION_KIND_LAUGH},
    Named{"grinning", REACTION_KIND_LAUGH},
    Named{"rolling_on_the_floor_laughing", REACTION_KIND_LAUGH},
    Named{"😂", REACTION_KIND_LAUGH},
    Named{"open_mouth", REACTION_KIND_SURPRISE},
    Named{"astonished", REACTION_KIND_SURPRISE},
    Named{"scream", REACTION_KIND_SURPRISE},
    Named{"exploding_head", REACTION_KIND_SURPRISE},
    Named{"😮", REACTION_KIND_SURPRISE},
    Named{"cry", REACTION_KIND_SAD},
    Named{"sob", REACTION_KIND_SAD},
    Named{"disappointed", REACTION_KIND_SAD},
    Named{"😢", REACTION_KIND_SAD},
};

}  // namespace

ReactionKind ReactionKindOf(std::string_view name) {
  // ":+1::skin-tone-2:" and "+1::skin-tone-2" are "+1".
  while (name.starts_with(':')) name.remove_prefix(1);
  name = name.substr(0, name.find(':'));
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const Named& each) { return each.name == name; });
  return found == kKinds.end() ? REACTION_KIND_UNSPECIFIED : found->kind;
}

}  // namespace guildhall::importing
