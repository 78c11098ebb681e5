#include "tools/import/mbox/mbox_source.h"

#include <sys/mman.h>
#include <unistd.h>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"
#include "tools/import/source/source_fixture.h"

// A list: whatever it holds, what is read keeps the rules of all sources.
void guildhall::testing::TakeInput(std::string_view input) {
  const int file = memfd_create("list", 0);
  GUILDHALL_CHECK(file >= 0);
  GUILDHALL_CHECK(write(file, input.data(), input.size()) == static_cast<ssize_t>(input.size()));
  const auto given = importing::ReadAll(mbox::OpenMbox("/proc/self/fd/" + std::to_string(file)));
  close(file);
  if (!given.ok()) return;
  GUILDHALL_CHECK(importing::SourceRules(*given).broken().empty());
}
