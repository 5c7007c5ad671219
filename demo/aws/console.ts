/** The AWS console's part, played by one page: the quick-create link opens it, "Create role" makes the role. */
export function consolePage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quick create stack · Simulated AWS console</title>
<style>
  :root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 18%, Canvas); }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
  header { padding: 12px 24px; background: #232f3e; color: #fff; font-weight: 600; }
  main { max-width: 640px; margin: 32px auto; padding: 0 20px; }
  h1 { font-size: 22px; margin: 0 0 4px; } p { margin: 0 0 20px; }
  label { display: block; margin: 16px 0; font-weight: 600; }
  input, select { display: block; width: 100%; box-sizing: border-box; margin-top: 4px; padding: 8px; font: 14px ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; background: Canvas; color: inherit; }
  button { padding: 10px 18px; font: inherit; font-weight: 600; border: 0; border-radius: 4px; background: #e47911; color: #111; cursor: pointer; }
  output { display: block; margin-top: 20px; padding: 12px; border: 1px solid var(--line); border-radius: 4px; overflow-wrap: anywhere; } output:empty { display: none; }
</style>
<header>Simulated AWS console</header>
<main>
  <h1>Quick create stack</h1>
  <p>This page plays the AWS console's part. It creates the role in a simulated account; nothing leaves this machine.</p>
  <form>
    <label>Account <select name="account" required></select></label>
    <label>Role name <input name="roleName" required></label>
    <label>Trusted principal <input name="principal" required></label>
    <label>ExternalId <input name="externalId"></label>
    <button>Create role</button>
    <output role="status"></output>
  </form>
</main>
<script>
  const asked = new URLSearchParams(location.search + "&" + (location.hash.split("?")[1] ?? ""));
  const form = document.querySelector("form"), said = document.querySelector("output");
  form.roleName.value = asked.get("param_RoleName") || "CloudGuardMonitoringRole";
  form.principal.value = asked.get("param_PrincipalArn") || "arn:aws:iam::999900001111:root";
  form.externalId.value = asked.get("param_ExternalId") || "";
  fetch("/_sim/accounts").then((answer) => answer.json()).then((accounts) => {
    for (const { id, name } of accounts) form.account.add(new Option(id + " · " + name, id));
    form.account.value = asked.get("account") || "400000000004";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { account: form.account.value, roleName: form.roleName.value, principal: form.principal.value, ...(form.externalId.value && { externalId: form.externalId.value }) };
    const answer = await fetch("/_sim/roles", { method: "POST", body: JSON.stringify(body) });
    const result = await answer.json();
    said.textContent = answer.ok ? "Role created. Its ARN: " + result.roleArn : result.message;
  });
</script>
</html>`;
}
