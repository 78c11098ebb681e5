"""What every contract in protos/ keeps to, beyond what buf's lint knows."""
