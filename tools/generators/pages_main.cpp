// Writes the pages that the gateway serves as a C++ header:
//   pages <header> <folder of protos> <service>=<header of limits, or file of api/>...
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status_macros.h"
#include "tools/generators/contract_files.h"
#include "tools/generators/limits_page.h"
#include "tools/generators/reference_page.h"

namespace guildhall::generators {
namespace {

// Compilers take literals of up to 64 KiB; longer ones are put together from pieces.
constexpr std::size_t kPiece = 16'000;

// With its length, which compilers count up to 256 KiB only.
std::string Constant(const std::string& name, const std::string& page) {
  std::string out = absl::StrCat("inline constexpr std::string_view ", name, "{");
  for (std::size_t at = 0; at < page.size(); at += kPiece) {
    absl::StrAppend(&out, "\n    R\"page(", page.substr(at, kPiece), ")page\"");
  }
  return absl::StrCat(out, ",\n    ", page.size(), "};\n");
}

absl::StatusOr<std::string> Header(const std::string& protos, const std::vector<LimitsFile>& limits,
                                   const std::vector<ApiFile>& api) {
  GUILDHALL_ASSIGN(const auto contracts, ContractFiles::Read(protos));
  GUILDHALL_ASSIGN(const std::string reference,
                   ReferencePage(contracts->services(), contracts->reasons()));
  GUILDHALL_ASSIGN(const std::string taken, LimitsPage(limits, api));
  return absl::StrCat(
      "#pragma once\n\n#include <string_view>\n\nnamespace guildhall::gateway {\n\n",
      Constant("kReferencePage", reference), "\n", Constant("kLimitsPage", taken),
      "\n}  // namespace guildhall::gateway\n");
}

}  // namespace
}  // namespace guildhall::generators

int main(int argc, char** argv) {
  using namespace guildhall::generators;
  std::vector<LimitsFile> limits;
  std::vector<ApiFile> api;
  for (int i = 3; i < argc; ++i) {
    const std::pair<std::string, std::string> named =
        absl::StrSplit(argv[i], absl::MaxSplits('=', 1));
    std::ifstream file(named.second);
    const std::filesystem::path path(named.second);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (path.parent_path().filename() == "api") {
      api.push_back({named.first, path.filename(), text});
    } else {
      limits.push_back({named.first, text});
    }
  }
  const auto header = Header(argv[2], limits, api);
  if (!header.ok()) {
    std::cerr << header.status().message() << '\n';
    return 1;
  }
  return (std::ofstream(argv[1]) << *header).good() ? 0 : 1;
}
