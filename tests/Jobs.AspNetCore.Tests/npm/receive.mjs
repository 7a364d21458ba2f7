// A receiver of pushed jobs that knows nothing of .NET: it checks requests with the package of the Standard Webhooks specification.
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.argv[2]);
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    let job;
    try {
      job = webhook.verify(Buffer.concat(chunks).toString("utf8"), request.headers);
    } catch (error) {
      response.writeHead(401, { "content-type": "application/problem+json" });
      response.end(JSON.stringify({ status: 401, code: "unauthenticated", detail: error.message }));
      return;
    }

    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(`${job.name} ${job.attempt} ${job.input.text}`));
  });
});

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
process.stdin.on("end", () => process.exit()).resume();
