/**
 * Runs in the page. Everything that comes from the link or from the server is set as text, never as markup. The parameters
 * come from the address: from its query, and from what stands after `#/stacks/quickcreate?`, where Amazon's links have them.
 */
export const consoleScript = `
const asked = new URLSearchParams(location.search);
for (const [name, value] of new URLSearchParams(location.hash.split("?").slice(1).join("?"))) asked.set(name, value);
const form = document.querySelector("form");
const byId = (id) => document.getElementById(id);
const names = ["RoleName", "PrincipalArn", "ExternalId"];

async function ask(path, body) {
  const answer = await fetch(path, body && { method: "POST", body: JSON.stringify(body) });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
}

function planned() {
  const parameters = {};
  for (const name of names) if (form.elements[name].value.trim()) parameters[name] = form.elements[name].value.trim();
  const templateUrl = asked.get("templateURL") ?? "";
  return ask("/_sim/plans", { account: form.elements.account.value, templateUrl, parameters });
}

function showPolicies(plan, isFromTemplate) {
  byId("source").textContent = isFromTemplate
    ? "As the template declares them."
    : "The link named no template that lies here, so the role may do everything.";
  byId("policies").replaceChildren(...plan.policies.map(({ name, document: policy }) => {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const text = document.createElement("pre");
    summary.textContent = name;
    text.tabIndex = 0;
    text.textContent = JSON.stringify(policy, null, 2);
    details.append(summary, text);
    return details;
  }));
}

async function guarded(work) {
  byId("problem").textContent = "";
  try { await work(); } catch (error) { byId("problem").textContent = error.message; }
}

const preview = () => guarded(async () => {
  const { plan, isFromTemplate } = await planned();
  showPolicies(plan, isFromTemplate);
});

function showRole(arn, account) {
  const code = document.createElement("code");
  const copy = document.createElement("button");
  code.textContent = arn;
  copy.type = "button";
  copy.textContent = "Copy ARN";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(arn);
    copy.textContent = "Copied";
  });
  byId("result").replaceChildren("Role created in account " + account + ". Paste its ARN into CloudGuard:", code, copy);
}

form.addEventListener("change", preview);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  byId("result").replaceChildren();
  void guarded(async () => {
    const { plan, isFromTemplate } = await planned();
    showPolicies(plan, isFromTemplate);
    const { roleArn } = await ask("/_sim/roles", plan);
    showRole(roleArn, plan.account);
  });
});

void guarded(async () => {
  for (const { id, name } of await ask("/_sim/accounts")) form.elements.account.add(new Option(name + " (" + id + ")", id));
  const wanted = asked.get("account") ?? "400000000004";
  if ([...form.elements.account.options].some(({ value }) => value === wanted)) form.elements.account.value = wanted;
  form.elements.RoleName.value = asked.get("param_RoleName") ?? "CloudGuardMonitoringRole";
  form.elements.PrincipalArn.value = asked.get("param_PrincipalArn") ?? "arn:aws:iam::999900001111:root";
  form.elements.ExternalId.value = asked.get("param_ExternalId") ?? "";
  await preview();
});
`;
