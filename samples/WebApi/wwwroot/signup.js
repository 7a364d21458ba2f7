const form = document.getElementById("signup");
const members = document.getElementById("members");
const summary = document.getElementById("summary");
const submit = document.getElementById("submit");
const most = 8;

// Fields are named by their path in the input, as the service names what is wrong with them.
function number() {
  [...members.children].forEach((item, index) => {
    for (const [member, input] of Object.entries({ name: item.querySelectorAll("input")[0], email: item.querySelectorAll("input")[1] })) {
      input.name = `members[${index}].${member}`;
      input.id = input.name;
      input.closest(".field").querySelector("label").htmlFor = input.id;
    }
    const remove = item.querySelector(".remove");
    remove.hidden = members.children.length === 1;
    remove.setAttribute("aria-label", `Remove member ${index + 1}`);
  });
  document.getElementById("add").hidden = members.children.length >= most;
}

function add() {
  const item = document.getElementById("member").content.firstElementChild.cloneNode(true);
  item.querySelector(".remove").addEventListener("click", () => {
    item.remove();
    clear();
    number();
    document.getElementById("add").focus();
  });
  members.append(item);
  number();
  return item;
}

function clear() {
  summary.hidden = true;
  for (const message of form.querySelectorAll(".error")) message.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const hint = document.getElementById(`${input.id}-hint`);
    if (hint) input.setAttribute("aria-describedby", hint.id);
    else input.removeAttribute("aria-describedby");
  }
}

function show(errors) {
  const rest = [];
  for (const [path, messages] of Object.entries(errors)) {
    const input = [...form.elements].find((element) => element.name && element.name.toLowerCase() === path.toLowerCase());
    if (!input) {
      rest.push(...messages);
      continue;
    }
    const message = document.createElement("p");
    message.className = "error";
    message.id = `${input.id}-error`;
    message.textContent = messages.join(" ");
    input.closest(".field").append(message);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), message.id].filter(Boolean).join(" "));
  }
  summary.textContent = rest.length > 0 ? rest.join(" ") : "Please have a look at the fields marked below.";
  summary.hidden = false;
  (form.querySelector("[aria-invalid]") ?? summary).focus();
}

function read() {
  const text = (name) => form.elements[name].value.trim();
  return {
    name: text("name"),
    email: text("email"),
    workspace: text("workspace"),
    members: [...members.children].map((_, index) => ({ name: text(`members[${index}].name`), email: text(`members[${index}].email`) })),
  };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clear();
  submit.disabled = true;
  try {
    const response = await fetch("/signups", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(read()) });
    if (response.ok) {
      location.assign(response.headers.get("location"));
      return;
    }
    const problem = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
    show(problem.errors ?? { "": [problem.detail ?? `The service answered ${response.status}. Please try again.`] });
  } catch {
    show({ "": ["The service cannot be reached. Please try again."] });
  } finally {
    submit.disabled = false;
  }
});

document.getElementById("add").addEventListener("click", () => add().querySelector("input").focus());
add();
