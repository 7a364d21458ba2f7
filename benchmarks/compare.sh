#!/usr/bin/env bash
# The comparison that anyone can run: this product, the bare references and the rivals, the same work, side by side and interleaved.
#   benchmarks/compare.sh                      everything; about 25 minutes on two quiet cores; benchmarks/results/comparison
#   benchmarks/compare.sh --smoke              everything, tiny, in a temporary folder: whether it runs, not how fast
#   benchmarks/compare.sh --no-build --rounds 9 --seconds 2 --endurance 600 --out FOLDER
# Rounds are interleaved; seconds is about how long a measurement takes, an end-to-end one three times that; endurance is how long the turns of each
# are together in the comparison over time, and a third of how long a transaction is held open. What a contender cannot do is told in the report and keeps nobody else from running.
set -u
cd "$(dirname "$0")/.."
rounds=5 seconds=0.7 endurance=30 kept=1000000 dispatch=25 out=benchmarks/results/comparison smoke= build=1
while [ $# -gt 0 ]; do
  case "$1" in
    --smoke) smoke=1 rounds=1 seconds=0.02 endurance=2 kept=20000 dispatch=1 out=$(mktemp -d); temporary=$out; trap 'rm -rf "$temporary"' EXIT; shift ;;
    --no-build) build=; shift ;;
    --rounds) rounds=$2; shift 2 ;;
    --seconds) seconds=$2; shift 2 ;;
    --endurance) endurance=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    *) sed -n '2,7s/^# //p' "$0"; exit 2 ;;
  esac
done

# ---------------------------------------------------------------- what it needs; what is missing is told in the report
missing=()
if [ -z "${JOBS_TEST_POSTGRES:-}" ]; then
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
fi
[ -x /usr/bin/redis-server ] || missing+=(redis-server)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    echo "That failed; the rest runs without them." >&2
fi

# ---------------------------------------------------------------- build, run, report
configuration=${CONFIGURATION:-Release}
project=benchmarks/Jobs.StorageBenchmarks
[ -z "$build" ] || dotnet build "$project" -c "$configuration" -v quiet --nologo || exit 1
mkdir -p "$out"
failed=()
run() { # name, arguments…
  local name=$1; shift
  echo "── $name"
  dotnet "$project/bin/$configuration/net10.0/Jobs.StorageBenchmarks.dll" "$@" --out "$out" || failed+=("$name")
}

run dispatch --dispatch --rounds "$dispatch"
run memory --only memory --rounds "$rounds" --seconds "$seconds"
run sqlite --only sqlite --rounds "$rounds" --seconds "$seconds"
run postgres --only postgres --rounds "$rounds" --seconds "$seconds"
run scaling --workers 1,2,4 --rounds "$(( (rounds + 1) / 2 ))" --seconds "$seconds"
run endurance --endurance "$endurance" --kept "$kept"
# Native programs take minutes to publish, and the newest framework's compiler is not on every feed.
if [ -d benchmarks/Jobs.StartupBenchmarks ] && [ -z "$smoke" ]; then
  for framework in net10.0 net9.0; do
    echo "── start-up, $framework"
    started=$(dotnet run --project benchmarks/Jobs.StartupBenchmarks -c "$configuration" -- --framework "$framework" --jobs 1000) && break
    started=
  done
  echo "$started"
  native=$(awk -F'|' 'tolower($2) ~ /native/ && /in memory/ { split($3, figures, " "); print figures[1]; exit }' <<<"$started")
  if [ -n "$native" ]; then run start-up --fact "startup.aot-ms=$native"; else failed+=(start-up); fi
fi

echo
dotnet "$project/bin/$configuration/net10.0/Jobs.StorageBenchmarks.dll" --report "$out" || exit 1
[ ${#failed[@]} = 0 ] || { printf 'Failed: %s\n' "${failed[*]}" >&2; exit 1; }
