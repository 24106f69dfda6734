#!/usr/bin/env bash
# The WebAssembly scripts and the native libraries, under both runtimes. Where Debian 12's wabt cannot be had, the libraries alone,
# and the scripts count as one skipped test.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
./build.sh test-wasm || status=$?
[ "$status" -eq 3 ] || exit "$status"

closing=$(./build.sh test-wasm native | tee /dev/stderr | tail -n 1)
[[ $closing =~ ^[0-9]+\ passed,\ 0\ failed$ ]] && status=0 || status=1
echo "$closing, 1 skipped"
exit "$status"
