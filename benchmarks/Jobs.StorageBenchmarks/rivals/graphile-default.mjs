// graphile-worker with 24 jobs at once and nothing else changed.
import { Logger, makeWorkerUtils, run, runMigrations } from "graphile-worker";

const quiet = new Logger(() => () => {});

export async function openWith(connectionString, payload, worker) {
  await runMigrations({ connectionString });
  const utils = await makeWorkerUtils({ connectionString, logger: quiet });
  return {
    one: () => utils.addJob("noop", payload()),
    many: (n) => utils.addJobs(Array.from({ length: n }, () => ({ identifier: "noop", payload: payload() }))),
    work: (onJob) => run({
      connectionString,
      concurrentJobs: 24,
      maxPoolSize: 26,
      noHandleSignals: true,
      logger: quiet,
      taskList: { noop: async () => onJob() },
      preset: { worker: { concurrentJobs: 24, ...worker } },
    }),
  };
}

export default (connectionString, payload) => openWith(connectionString, payload, {});
