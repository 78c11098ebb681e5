#include "services/directory/domain/profile_removal.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {
namespace {

// Goes through the fields of two profiles and notes which lose something.
class Comparison {
 public:
  void Name(const std::string& before, const std::string& after) {
    if (before != after) fields_.emplace_back("display_name");
  }

  void Text(const char* field, const std::string& before, const std::string& after) {
    if (before == after) return;
    if (!after.empty()) Refuse(field, "is emptied or stays as it is");
    fields_.emplace_back(field);
  }

  template <typename Entry>
  void List(const char* field, const std::vector<Entry>& before, const std::vector<Entry>& after) {
    if (before == after) return;
    auto rest = before.begin();
    for (const Entry& entry : after) {
      rest = std::find(rest, before.end(), entry);
      if (rest == before.end()) return Refuse(field, "loses entries; the others stay as they are");
      ++rest;
    }
    fields_.emplace_back(field);
  }

  absl::StatusOr<std::vector<std::string>> Take() && {
    GUILDHALL_TRY(refusal_);
    return std::move(fields_);
  }

 private:
  void Refuse(const char* field, const char* why) {
    if (refusal_.ok()) refusal_ = WrongField(absl::StrCat("member.", field), why);
  }

  std::vector<std::string> fields_;
  absl::Status refusal_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> FieldsTakenOut(const Profile& before,
                                                        const Profile& after) {
  Comparison comparison;
  comparison.Name(before.display_name, after.display_name);
  comparison.Text("headline", before.headline, after.headline);
  comparison.Text("location", before.location, after.location);
  comparison.Text("time_zone", before.time_zone, after.time_zone);
  comparison.List("skills", before.skills, after.skills);
  comparison.List("interests", before.interests, after.interests);
  comparison.List("projects", before.projects, after.projects);
  comparison.List("languages", before.languages, after.languages);
  comparison.Text("pronouns", before.pronouns, after.pronouns);
  comparison.List("working_hours", before.working_hours, after.working_hours);
  return std::move(comparison).Take();
}

}  // namespace guildhall::directory
