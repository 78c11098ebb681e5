#include "libs/telemetry/metrics.h"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace guildhall::telemetry {

const Histogram::BucketBoundaries& WaitBuckets() {
  static const auto* buckets = new Histogram::BucketBoundaries{
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return *buckets;
}

Metrics::Metrics()
    : registry_(
          std::make_unique<prometheus::Registry>(prometheus::Registry::InsertBehavior::Merge)) {}
Metrics::~Metrics() = default;

Counter& Metrics::CounterOf(std::string_view name, std::string_view help, const Labels& labels) {
  return prometheus::BuildCounter()
      .Name(std::string(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels);
}

Gauge& Metrics::GaugeOf(std::string_view name, std::string_view help, const Labels& labels) {
  return prometheus::BuildGauge()
      .Name(std::string(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels);
}

Histogram& Metrics::HistogramOf(std::string_view name, std::string_view help, const Labels& labels,
                                const Histogram::BucketBoundaries& buckets) {
  return prometheus::BuildHistogram()
      .Name(std::string(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels, buckets);
}

void Metrics::BeforeExposition(std::function<void()> refresh) {
  const std::lock_guard lock(mutex_);
  refreshes_.push_back(std::move(refresh));
}

std::string Metrics::Text() {
  const std::lock_guard lock(mutex_);
  for (const auto& refresh : refreshes_) refresh();
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace guildhall::telemetry
