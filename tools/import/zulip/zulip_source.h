#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "tools/import/source/source.h"
#include "tools/import/zulip/archive_reader.h"

namespace guildhall::zulip {

// A Zulip archive in the words that every source speaks.
//
// Streams are OPEN and admit EMPLOYEES alone: whoever was in an organization's chat saw its public
// streams, and nobody else did. Where outsiders took part, owners widen what they choose to; an
// import that showed internal talk to customers could not be taken back. Who posted in a stream
// takes part in it from then on; the first owns it.
class ZulipSource final : public importing::Source {
 public:
  // `site`: as ArchiveReader has it; addresses begin with it, or with "/#narrow" without one. Fails
  // like ArchiveReader.
  static absl::StatusOr<std::unique_ptr<ZulipSource>> Open(std::string path, std::string site);

  std::string_view name() const override;
  const importing::SourceOutline& outline() const override { return outline_; }
  absl::StatusOr<std::optional<importing::SourceThread>> Next() override;

 private:
  ZulipSource(ArchiveReader reader, std::string site);

  std::string AddressOf(const ImportedStream& stream) const;
  std::string AddressOf(const Plan::Topic& topic) const;

  ArchiveReader reader_;
  std::string site_;
  importing::SourceOutline outline_;
};

}  // namespace guildhall::zulip
