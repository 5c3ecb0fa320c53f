"""What Linli costs beside what is possible: `make bench` (docs/bench.md)."""
