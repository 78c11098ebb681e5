#include "libs/feeds/access_changes.h"

#include <vector>

#include "feeds/statements.h"

namespace guildhall::feeds {

void NoteAccessChanges(postgres::Work& work, std::span<const AccessChange> changes) {
  if (changes.empty()) return;
  std::vector<std::int32_t> kinds;
  std::vector<Uuid> subjects, objects;
  for (const AccessChange& change : changes) {
    kinds.push_back(static_cast<std::int32_t>(change.kind));
    subjects.push_back(change.subject);
    objects.push_back(change.object);
  }
  work.Defer(sql::kNoteAccessChanges, kinds, subjects, objects);
}

void NoteAccessChange(postgres::Work& work, const AccessChange& change) {
  NoteAccessChanges(work, {&change, 1});
}

}  // namespace guildhall::feeds
