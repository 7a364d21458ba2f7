// node rival.mjs <graphile|pgboss> <bulk|single|drain|e2e|latency> <count> <callers>; DATABASE_URL in the environment.
// Prints one line of JSON: { seconds } or { latencies: [ms…] }.
import process from "node:process";

const [system, scenario, countText, callersText] = process.argv.slice(2);
const count = Number(countText);
const callers = Number(callersText ?? 1);
const connectionString = process.env.DATABASE_URL;
const payload = () => ({ to: "user@example.com", subject: "Welcome", body: "Hello, and thank you for signing up. ".repeat(3) });

const systems = {
  // Its documented best batching: a local queue of 500, completion and failure batched.
  async graphile() {
    const { run, runMigrations, makeWorkerUtils } = await import("graphile-worker");
    await runMigrations({ connectionString });
    const utils = await makeWorkerUtils({ connectionString });
    return {
      one: () => utils.addJob("noop", payload()),
      many: (n) => utils.addJobs(Array.from({ length: n }, () => ({ identifier: "noop", payload: payload() }))),
      async work(onJob) {
        const runner = await run({
          connectionString,
          concurrentJobs: 24,
          maxPoolSize: 26,
          noHandleSignals: true,
          pollInterval: 100,
          logger: new (await import("graphile-worker")).Logger(() => () => {}),
          taskList: { noop: async () => onJob() },
          preset: { worker: { localQueue: { size: 500, ttl: 5 * 60 * 1000 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, concurrentJobs: 24 } },
        });
        return () => runner.stop();
      },
      close: () => utils.release(),
    };
  },
  async pgboss() {
    const { default: PgBoss } = await import("pg-boss");
    const boss = new PgBoss({ connectionString, max: 10 });
    await boss.start();
    await boss.createQueue("noop");
    return {
      one: () => boss.send("noop", payload()),
      many: (n) => boss.insert(Array.from({ length: n }, () => ({ name: "noop", data: payload() }))),
      async work(onJob) {
        for (let i = 0; i < 2; i++) {
          await boss.work("noop", { batchSize: 1000, pollingIntervalSeconds: 0.5 }, async (jobs) => { for (const _ of jobs) onJob(); });
        }
        return () => boss.stop({ graceful: false });
      },
      close: () => boss.stop({ graceful: false }).catch(() => {}),
    };
  },
};

const rival = await systems[system]();
let done = 0;
let target = Infinity;
let finished;
const onJob = () => { if (++done >= target) finished?.(); };
const until = (n) => new Promise((resolve) => { target = n; finished = resolve; if (done >= n) resolve(); });
const bulk = async () => { for (let left = count; left > 0; left -= 1000) await rival.many(Math.min(1000, left)); };
let stop;
const clock = () => performance.now();
let answer;
if (scenario === "bulk") {
  const start = clock();
  await bulk();
  answer = { seconds: (clock() - start) / 1000 };
} else if (scenario === "single") {
  let left = count;
  const start = clock();
  await Promise.all(Array.from({ length: callers }, async () => { while (left-- > 0) await rival.one(); }));
  answer = { seconds: (clock() - start) / 1000 };
} else if (scenario === "drain") {
  await bulk();
  const start = clock();
  stop = await rival.work(onJob);
  await until(count);
  answer = { seconds: (clock() - start) / 1000 };
} else if (scenario === "e2e") {
  stop = await rival.work(onJob);
  const start = clock();
  await bulk();
  await until(count);
  answer = { seconds: (clock() - start) / 1000 };
} else {
  let arrived;
  stop = await rival.work(() => arrived?.(clock()));
  const latencies = [];
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const started = new Promise((resolve) => { arrived = resolve; });
    await rival.one();
    const stored = clock();
    latencies.push(Math.max(0, (await started) - stored));
  }
  answer = { latencies };
}
console.log(JSON.stringify(answer));
await stop?.();
await rival.close();
process.exit(0);
