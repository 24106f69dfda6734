#!/usr/bin/env bash
# ./build.sh smoke|test|bench|pack|build|clean [arguments]: sets up what is missing, then runs that target of build.cake.
# Arguments go to the program the target is about: ./build.sh smoke --json, ./build.sh test --filter-class '*StackPool*'.
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
  bench) target=Bench ;;
  pack) target=Pack ;;
  build) target=Build ;;
  clean) target=Clean ;;
  default) target=Default ;;
  *) fail "unknown target '$name'; use smoke, test, bench, pack, build or clean" ;;
esac

need_sdk
case "$target" in
  AotSmoke | Test | Bench | Default) need_linker ;;
esac

arguments=
for argument in "$@"; do
  arguments+=" $(quote "$argument")"
done

dotnet tool restore >/dev/null || fail "dotnet tool restore failed (Cake.Tool, see .config/dotnet-tools.json)"
exec dotnet cake build.cake --verbosity=quiet --no-report --target="$target" ${arguments:+"--arguments=$arguments"}
