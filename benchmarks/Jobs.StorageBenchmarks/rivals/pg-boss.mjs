// pg-boss: two workers that fetch a thousand at a time, at its shortest poll.
import PgBoss from "pg-boss";

export default async function open(connectionString, payload) {
  const boss = new PgBoss({ connectionString, max: 10 });
  boss.on("error", (error) => console.error(error.message));
  await boss.start();
  await boss.createQueue("noop");
  return {
    one: () => boss.send("noop", payload()),
    many: (n) => boss.insert(Array.from({ length: n }, () => ({ name: "noop", data: payload() }))),
    async work(onJob) {
      for (let i = 0; i < 2; i++) {
        await boss.work("noop", { batchSize: 1000, pollingIntervalSeconds: 0.5 }, async (jobs) => { for (const _ of jobs) onJob(); });
      }
    },
  };
}
