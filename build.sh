#!/usr/bin/env bash
# ./build.sh smoke|test|test-wasm|bench|pack|build|clean [arguments]: sets up what is missing, then runs that target of build.cake.
# Arguments go to the program the target is about: ./build.sh smoke --json, ./build.sh test --filter-class '*StackPool*',
# ./build.sh test-wasm a.wast folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_CLI_UI_LANGUAGE=en  # .ci/run reads the test runner's summary

fail() { echo "build.sh: $1" >&2; exit 1; }

need_sdk() {
  local install="install the .NET SDK 10.0.100 or newer: https://dotnet.microsoft.com/download/dotnet/10.0" said
  command -v dotnet >/dev/null || fail "$install"
  said=$(dotnet --version 2>&1) || fail "$install (dotnet --version says: ${said%%$'\n'*})"
}

# NativeAOT links with the system's C compiler; the layout tests compile C headers with it.
can_link() {
  local scratch status=0
  scratch=$(mktemp -d)
  echo '#include <stdlib.h>
    int main(void) { return EXIT_SUCCESS; }' | "$1" -x c - -o "$scratch/probe" >/dev/null 2>&1 || status=1
  rm -rf "$scratch"
  return "$status"
}

need_linker() {
  case "$(uname -s)" in
    Linux)
      can_link gcc && return
      if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "install gcc and the C library's headers (Debian, Ubuntu: sudo apt-get install gcc libc6-dev)"
      fi
      echo "> apt-get install gcc libc6-dev" >&2
      install_linker || { apt-get update -q >&2 && install_linker; } || fail "apt-get could not install gcc and libc6-dev"
      can_link gcc || fail "gcc is installed, yet cannot link a C program"
      ;;
    Darwin)
      can_link clang || fail "install Apple's command line tools: xcode-select --install"
      ;;
  esac
}

install_linker() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends gcc libc6-dev >&2 </dev/null
}

# The WebAssembly tools, compilers and libraries of test-wasm. Its programs are written for the C text of this one version of wasm2c.
wabt_version=1.0.32
wasm_packages="wabt gcc g++ libc6-dev zlib1g libsqlite3-0"

has_wasm_tools() {
  local tool libraries
  for tool in wast2json wasm2c wasm-validate wat2wasm gcc g++; do
    command -v "$tool" >/dev/null || return 1
  done
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p) && [[ $libraries == *libz.so.1* && $libraries == *libsqlite3.so.0* ]]
}

install_wasm_tools() {
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wasm_packages >&2 </dev/null
}

need_wasm_tools() {
  if ! has_wasm_tools; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      fail "test-wasm needs Debian 12's packages (sudo apt-get install $wasm_packages)"
    fi
    echo "> apt-get install $wasm_packages" >&2
    install_wasm_tools || { apt-get update -q >&2 && install_wasm_tools; } || fail "apt-get could not install $wasm_packages"
  fi
  local said
  said=$(wasm2c --version)
  if [ "$said" != "$wabt_version" ]; then
    echo "build.sh: test-wasm needs wabt $wabt_version, as Debian 12 has it; wasm2c says $said" >&2
    exit 3 # .ci/legs/wasm.sh tells this from a failure
  fi
}

# Quotes one argument the way the .NET process starter splits them: a backslash counts only before a quote.
quote() {
  case "$1" in
    *[[:space:]\"]* | '') printf '"%s"' "$(printf '%s' "$1" | sed -e 's/\(\\*\)"/\1\1\\"/g' -e 's/\(\\*\)$/\1\1/')" ;;
    *) printf '%s' "$1" ;;
  esac
}

name=${1:-default}
[ $# -eq 0 ] || shift
case "$name" in
  smoke) target=AotSmoke ;;
  test) target=Test ;;
  test-wasm) target=TestWasm ;;
  bench) target=Bench ;;
  pack) target=Pack ;;
  build) target=Build ;;
  clean) target=Clean ;;
  default) target=Default ;;
  *) fail "unknown target '$name'; use smoke, test, test-wasm, bench, pack, build or clean" ;;
esac

need_sdk
case "$target" in
  AotSmoke | Test | Bench | Default) need_linker ;;
  TestWasm) [ "${1:-}" = native ] || need_wasm_tools ;;
esac

arguments=
for argument in "$@"; do
  arguments+=" $(quote "$argument")"
done

dotnet tool restore >/dev/null || fail "dotnet tool restore failed (Cake.Tool, see .config/dotnet-tools.json)"
exec dotnet cake build.cake --verbosity=quiet --no-report --target="$target" ${arguments:+"--arguments=$arguments"}
