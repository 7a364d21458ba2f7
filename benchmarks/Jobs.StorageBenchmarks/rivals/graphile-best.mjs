// graphile-worker's best batching: a local queue of 500, completion and failure batched.
import { openWith } from "./graphile-default.mjs";

export default (connectionString, payload) =>
  openWith(connectionString, payload, { localQueue: { size: 500, ttl: 5 * 60 * 1000 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, pollInterval: 100 });
