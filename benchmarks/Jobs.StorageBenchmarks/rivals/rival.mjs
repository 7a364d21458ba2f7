// node rival.mjs <system> <bulk|single|drain|e2e|latency> <count> <callers> <seconds>; STORE_URL in the environment.
// Prints a line of JSON when the measurement begins, and one when it ends: { seconds, cpu } or { latencies: [ms…] }.
// Each system is a module that gives: one(), many(n), work(onJob) and, after the answer, nothing: the process ends.
import process from "node:process";

const [system, scenario, countText, callersText, secondsText] = process.argv.slice(2);
const count = Number(countText);
const callers = Number(callersText);
const payload = () => ({ to: "user@example.com", subject: "Welcome", body: "Hello, and thank you for signing up. ".repeat(3) });
const { default: open } = await import(`./${system}.mjs`);
const rival = await open(process.env.STORE_URL, payload);

let done = 0;
let target = Infinity;
let finished;
let first;
const onJob = () => { if (++done === 1) first = clock(); if (done >= target) finished?.(); };
const until = (n) => new Promise((resolve) => { done = 0; target = n; finished = resolve; });
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = () => performance.now();

async function bulk(n) {
  for (let left = n; left > 0; left -= 1000) await rival.many(Math.min(1000, left));
}

async function single(n) {
  let left = n;
  await Promise.all(Array.from({ length: callers }, async () => { while (left-- > 0) await rival.one(); }));
}

// The rate of a drain counts from the first job: a worker's own start is no part of it.
async function measure(action, isFromFirst = false) {
  say({ measuring: true });
  const cpu = process.cpuUsage();
  const start = clock();
  await action();
  const seconds = (clock() - (isFromFirst ? first : start)) / 1000;
  const used = process.cpuUsage(cpu);
  say({ seconds, cpu: used.user + used.system });
}

async function latencies() {
  let arrived;
  await rival.work(() => arrived?.(clock()));
  const all = [];
  const end = clock() + Number(secondsText) * 1000;
  for (let i = 0; i < count && (clock() < end || i < 3); i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const started = new Promise((resolve) => { arrived = resolve; });
    await rival.one();
    const stored = clock();
    all.push(Math.max(0, (await started) - stored));
  }
  say({ latencies: all });
}

// What is measured has run before, so that it is compiled and its connections are open.
const warm = Math.min(200, count);
if (scenario === "latency") {
  await latencies();
} else if (scenario === "bulk") {
  await rival.many(warm);
  await measure(() => bulk(count));
} else if (scenario === "single") {
  await single(warm);
  await measure(() => single(count));
} else if (scenario === "drain") {
  await bulk(count);
  await measure(async () => {
    const ended = until(count);
    await rival.work(onJob);
    await ended;
  }, true);
} else {
  await rival.work(onJob);
  const warmed = until(warm);
  await rival.many(warm);
  await warmed;
  await measure(async () => {
    const ended = until(count);
    await bulk(count);
    await ended;
  });
}
process.exit(0);
