// A client in TypeScript, typed by what openapi-typescript made of the served document. What it prints is what the test looks at;
// a call that does not fit the document does not compile.
import createClient from "openapi-fetch";
import type { components, paths } from "./jobs.js";

const client = createClient<paths>({ baseUrl: process.argv[2]! });
const say = (name: string, value: unknown) => console.log(`${name}: ${JSON.stringify(value)}`);

// Submitting: with the job's own input, and the same once more by its key.
const greet = (name: string) => client.POST("/submit/greet", {
  params: { header: { "Idempotency-Key": `greet ${name}` } },
  body: { input: { name, times: 2 }, options: { priority: 3, tags: ["npm"] } },
});
const first = await greet("Ada");
const again = await greet("Ada");
say("submitted", [first.response.status, again.response.status, first.data?.id === again.data?.id, again.data?.wasDeduplicated]);
const id = first.data!.id;

// Waiting: the result is of the schema of this job.
let ended: components["schemas"]["Job"] | undefined;
for (let status = 202; status === 202;) {
  const waited = await client.GET("/{id}/wait", { params: { path: { id }, query: { timeout: "10s", includeResult: true } } });
  status = waited.response.status;
  ended = waited.data;
}
say("ended", [ended?.status, ended?.priority, ended?.tags, (ended?.resultJson as components["schemas"]["GreetResult"]).text]);

// Conditional requests.
const job = await client.GET("/{id}", { params: { path: { id } } });
const same = await client.GET("/{id}", { params: { path: { id }, header: { "If-None-Match": job.response.headers.get("ETag")! } } });
say("tagged", [job.response.status, same.response.status]);

// Listing, page by page.
const many = await client.POST("/submit/{name}/many", {
  params: { path: { name: "greet" } },
  body: { jobs: ["a", "b", "c"].map((name) => ({ input: { name }, options: { delay: "1h", tags: ["later"] } })) },
});
const names: string[] = [];
for (let cursor: string | undefined; ;) {
  const page = await client.GET("/", { params: { query: { tag: ["later"], status: "Pending", limit: 2, includePayload: true, ...(cursor ? { cursor } : {}) } } });
  names.push(...page.data!.jobs.map((one) => (one.payload as components["schemas"]["GreetInput"]).name));
  if (!(cursor = page.data!.nextCursor)) break;
}
say("listed", [many.response.status, names]);

// Cancelling: one, once more, and the rest.
const later = many.data!.jobs[0]!.id;
const cancel = () => client.POST("/{id}/cancel", { params: { path: { id: later } } });
say("cancelled", [(await cancel()).response.status, (await cancel()).error?.code]);
say("all cancelled", (await client.POST("/cancel", { params: { query: { tag: ["later"] } } })).data?.count);

// Errors are problem details with a stable code.
const invalid = await client.POST("/submit/greet", { body: { input: { name: "", times: 9 } } });
const unknown = await client.GET("/{id}", { params: { path: { id: "00000000-0000-4000-8000-000000000000" } } });
say("invalid", [invalid.error?.status, invalid.error?.code, Object.keys(invalid.error?.errors ?? {}), invalid.error?.violations?.map((one) => one.rule)]);
say("unknown", [unknown.error?.status, unknown.error?.code]);

// A stream of events, and the log that it follows to its end.
const log = await client.GET("/{id}/logs", { params: { path: { id }, query: { follow: true } }, parseAs: "text" });
say("log", (log.data as string).split("\n").filter((line) => line.startsWith("event: ")));
