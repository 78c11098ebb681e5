#include "tools/import/discourse/discourse_source.h"

#include <sys/mman.h>
#include <unistd.h>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"
#include "tools/import/source/source_fixture.h"

// A dump, in which a bar stands for a tab so that people can write it: whatever it holds, what is
// read keeps the rules of all sources.
void guildhall::testing::TakeInput(std::string_view input) {
  std::string dump(input);
  std::replace(dump.begin(), dump.end(), '|', '\t');
  const int file = memfd_create("dump", 0);
  GUILDHALL_CHECK(file >= 0);
  GUILDHALL_CHECK(write(file, dump.data(), dump.size()) == static_cast<ssize_t>(dump.size()));
  auto source = discourse::OpenDiscourse("/proc/self/fd/" + std::to_string(file));
  close(file);
  if (!source.ok()) return;
  const auto given = importing::ReadAll(std::move(source));
  GUILDHALL_CHECK(given.ok());
  GUILDHALL_CHECK(importing::SourceRules(*given).broken().empty());
}
