const id = new URLSearchParams(location.search).get("id") ?? "";
const element = (name) => document.getElementById(name);
const address = `/jobs/${encodeURIComponent(id)}`;

function say(title, state, tone = "") {
  element("title").textContent = title;
  document.title = title;
  element("state").textContent = state;
  element("state").dataset.tone = tone;
}

function finish(job) {
  events.close();
  element("cancel").hidden = true;
  const progress = element("progress");
  if (job.status === "Completed") {
    progress.value = 100;
    say("Your workspace is ready", `${job.resultJson.keys.length} ${job.resultJson.keys.length === 1 ? "key" : "keys"}, ${Math.ceil(job.resultJson.size / 1024)} KB`, "good");
    for (const key of job.resultJson.keys) {
      const [member, fingerprint] = [document.createElement("dt"), document.createElement("dd")];
      member.textContent = key.member;
      fingerprint.textContent = key.fingerprint;
      element("keys").append(member, fingerprint);
    }
    element("keys").hidden = false;
    element("download").href = `/signups/${encodeURIComponent(id)}/files`;
    element("download").hidden = false;
    return;
  }
  progress.hidden = true;
  if (job.status === "Cancelled") say("Cancelled", "The workspace was not made.");
  else say("That did not work", job.error ?? "The workspace could not be made.", "bad");
}

function update(job) {
  if (job.status === "Running") {
    const progress = element("progress");
    if (job.progress !== undefined && job.progress !== null) progress.value = job.progress;
    say("Your workspace is being made", job.progressMessage ?? "It has begun");
  } else {
    element("progress").removeAttribute("value");
    say("Your workspace is being made", job.attempt > 0 ? `Attempt ${job.attempt} failed; another one follows` : "Waiting for its turn");
  }
}

const events = new EventSource(`${address}/events?includeResult=true`);
events.addEventListener("state", (event) => update(JSON.parse(event.data)));
events.addEventListener("end", (event) => finish(JSON.parse(event.data)));
events.addEventListener("gone", () => {
  events.close();
  element("cancel").hidden = element("progress").hidden = true;
  say("Not found", "There is no such workspace, or it is not yours.", "bad");
});
events.addEventListener("error", () => {
  // While it comes back by itself, nothing is lost: the stream begins with the state as it is then.
  if (events.readyState !== EventSource.CLOSED) return;
  element("cancel").hidden = element("progress").hidden = true;
  say("Not found", "There is no such workspace, or it is not yours.", "bad");
});

element("cancel").addEventListener("click", async () => {
  element("cancel").disabled = true;
  const response = await fetch(`${address}/cancel`, { method: "POST" });
  element("cancel").disabled = response.ok;
});
