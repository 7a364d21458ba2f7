// Bull: 50 jobs at once; finished jobs removed.
import Queue from "bull";

export default async function open(url, payload) {
  const queue = new Queue("noop", url);
  const options = { removeOnComplete: true };
  await queue.isReady();
  return {
    one: () => queue.add(payload(), options),
    many: (n) => queue.addBulk(Array.from({ length: n }, () => ({ data: payload(), opts: options }))),
    work(onJob) { queue.process(50, async () => onJob()); },
  };
}
