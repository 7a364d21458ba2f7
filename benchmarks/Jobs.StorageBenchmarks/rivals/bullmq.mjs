// BullMQ: 50 jobs at once in one worker; finished jobs removed.
import { Queue, Worker } from "bullmq";

export default async function open(url, payload) {
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port), maxRetriesPerRequest: null };
  const options = { removeOnComplete: true };
  const queue = new Queue("noop", { connection });
  await queue.waitUntilReady();
  return {
    one: () => queue.add("noop", payload(), options),
    many: (n) => queue.addBulk(Array.from({ length: n }, () => ({ name: "noop", data: payload(), opts: options }))),
    work: (onJob) => new Worker("noop", async () => onJob(), { connection, concurrency: 50 }).waitUntilReady(),
  };
}
