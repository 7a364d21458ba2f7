// A sender of jobs that knows nothing of .NET: it signs a request with the package of the Standard Webhooks specification.
import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";

const [, , address, secret, text] = process.argv;
const id = `msg_${randomUUID()}`;
const now = new Date();
const body = JSON.stringify({
  jobId: randomUUID(),
  name: "scripted",
  queue: "pushed",
  attempt: 1,
  createdAt: now.toISOString(),
  claimedAt: now.toISOString(),
  input: { text },
});
const response = await fetch(address, {
  method: "POST",
  body,
  headers: {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": Math.floor(now.getTime() / 1000).toString(),
    "webhook-signature": new Webhook(secret).sign(id, now, body),
  },
});
console.log(`${response.status} ${await response.text()}`);
