#!/usr/bin/env bash
# Sets up what the tests need beside the .NET SDK, builds everything, runs every test project, and prints the sums.
#   tests/run.sh                 everything
#   tests/run.sh Jobs.Runtime    only the test projects whose names contain the text
# A PostgreSQL server is started by the tests themselves; to use one of yours, set JOBS_TEST_POSTGRES to a connection string.
set -u
cd "$(dirname "$0")/.."
only=${1:-}
configuration=${CONFIGURATION:-Release}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# ---------------------------------------------------------------- what the tests need
missing=()
has_file() { compgen -G "$1" >/dev/null; }
command -v gcc >/dev/null || command -v clang >/dev/null || missing+=(gcc)
has_file '/usr/include/zlib.h' || missing+=(zlib1g-dev)
[ -f /usr/share/zoneinfo/Europe/Berlin ] || missing+=(tzdata)
if [ -z "${JOBS_TEST_POSTGRES:-}" ]; then
  has_file '/usr/lib/postgresql/*/bin/initdb' || command -v initdb >/dev/null || missing+=(postgresql)
fi
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
# The smokes of the benchmarks run the rivals as well.
[ -x /usr/bin/redis-server ] || missing+=(redis-server)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }; then
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    installed=$?
  else
    installed=1
  fi
  if [ "$installed" != 0 ]; then
    echo "These tools are missing: ${missing[*]}. Install them with your package manager (on Debian and Ubuntu: apt-get install ${missing[*]})," >&2
    echo "or set JOBS_TEST_POSTGRES to a connection string of a PostgreSQL server (15 or later)." >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
    echo "Going on without them: the tests that need them are skipped." >&2
  fi
fi

# ---------------------------------------------------------------- build and run
# No build server and no reused nodes: they would outlive this script.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
if ! dotnet build Jobs.sln -c "$configuration" -v quiet -nodeReuse:false -p:UseSharedCompilation=false; then
  echo "The build failed." >&2
  echo "0 passed, 1 failed"
  exit 1
fi

# What failed and why: the quiet logger says only that something did.
print_failures() {
  sed -n '/<UnitTestResult[^>]* outcome="Failed"/,/<\/UnitTestResult>/p' "$1" |
    sed -E 's/.*<UnitTestResult[^>]* testName="([^"]*)".*/FAILED: \1/; s/<[^>]*>//g; s/&#x[AD];/ /g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g; /^\s*$/d' |
    cut -c 1-1000 | head -n 200
}

passed=0 failed=0 skipped=0 broken=()
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  case "$name" in *"$only"*) ;; *) continue ;; esac
  echo "── $name"
  export JOBS_TEST_FIGURES="$results/$name.figures" # what tests measured, not only whether they passed
  dotnet test "$project" -c "$configuration" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" 2>&1 |
    grep -v -E '^\s*$|^Results File:|^VSTest version|^Starting test execution|^A total of' || true
  [ ! -f "$JOBS_TEST_FIGURES" ] || cat "$JOBS_TEST_FIGURES"
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null | tail -n 1)
  if [ -z "$counters" ]; then
    broken+=("$name (no results)")
    failed=$((failed + 1))
    continue
  fi
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  bad=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  failed=$((failed + bad))
  skipped=$((skipped + $(count total) - $(count executed)))
  [ "$bad" = 0 ] || { broken+=("$name"); print_failures "$results/$name.trx"; }
done

echo
[ ${#broken[@]} = 0 ] || printf 'Failed: %s\n' "${broken[@]}"
if [ "$skipped" != 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
