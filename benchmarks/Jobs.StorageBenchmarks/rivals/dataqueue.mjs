// @nicnocquee/dataqueue: batches of 200, all of a batch at once, a poll every 10 ms. It has no bulk enqueue: 32 run beside each other.
// An enqueue takes a second connection while it holds its first, so the pool must be larger than twice what runs at once.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { initJobQueue } from "@nicnocquee/dataqueue";
import { runner } from "node-pg-migrate";

export default async function open(connectionString, payload) {
  const dir = path.join(path.dirname(fileURLToPath(import.meta.resolve("@nicnocquee/dataqueue"))), "../migrations");
  await runner({ databaseUrl: connectionString, dir, direction: "up", migrationsTable: "dataqueuedev_migrations", log: () => {} });
  const queue = initJobQueue({ databaseConfig: { connectionString, max: 140 } });
  const one = () => queue.addJob({ jobType: "noop", payload: payload() });
  return {
    one,
    async many(n) {
      let left = n;
      await Promise.all(Array.from({ length: 32 }, async () => { while (left-- > 0) await one(); }));
    },
    work(onJob) {
      const processor = queue.createProcessor({ noop: async () => onJob() }, { batchSize: 200, pollInterval: 10 });
      processor.startInBackground();
    },
  };
}
