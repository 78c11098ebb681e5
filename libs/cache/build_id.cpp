#include "libs/cache/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/strings/escaping.h"
#include "libs/base/strings.h"

namespace guildhall::cache {
namespace {

std::size_t Padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

// The build id among the notes of one segment.
std::string_view FindIn(const char* notes, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    const auto& head = *reinterpret_cast<const ElfW(Nhdr)*>(notes);
    const char* name = notes + sizeof(head);
    const char* text = name + Padded(head.n_namesz);
    const std::size_t whole = static_cast<std::size_t>(text - notes) + Padded(head.n_descsz);
    if (whole > size) return {};
    if (head.n_type == NT_GNU_BUILD_ID &&
        std::string_view(name, head.n_namesz) == std::string_view("GNU\0", 4)) {
      return {text, head.n_descsz};
    }
    notes += whole;
    size -= whole;
  }
  return {};
}

// The first object is the program itself.
int OfProgram(dl_phdr_info* info, std::size_t, void* found) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* notes = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    const std::string_view id = FindIn(notes, segment.p_memsz);
    if (!id.empty()) *static_cast<std::string_view*>(found) = id;
  }
  return 1;
}

}  // namespace

std::string BuildId() {
  std::string_view id;
  dl_iterate_phdr(&OfProgram, &id);
  return absl::BytesToHexString(Absl(id));
}

}  // namespace guildhall::cache
