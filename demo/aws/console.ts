import { consoleScript } from "./console-script";
import { consoleStyle } from "./console-style";

/**
 * The AWS console's part, played by one page: the quick-create link opens it with the stack's parameters filled in, it shows
 * what the template would create in the account that one is signed in to, and "Create role" creates it.
 */
export function consolePage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quick create stack · Simulated AWS console</title>
<link rel="icon" href="data:,">
<style>${consoleStyle}</style>
</head>
<body>
<header>
  <strong>Simulated AWS console</strong>
  <span>Nothing here reaches Amazon.</span>
</header>
<main>
  <h1>Quick create stack</h1>
  <p>You are signed in to one account of a made-up organisation. Creating this stack creates one IAM role in it.</p>
  <form>
    <fieldset>
      <legend>Sign-in</legend>
      <label for="account">Account</label>
      <select id="account" name="account" required></select>
    </fieldset>
    <fieldset>
      <legend>Parameters</legend>
      <label for="RoleName">Role name</label>
      <input id="RoleName" name="RoleName" required autocomplete="off" spellcheck="false">
      <label for="PrincipalArn">Trusted principal</label>
      <input id="PrincipalArn" name="PrincipalArn" required autocomplete="off" spellcheck="false">
      <label for="ExternalId">ExternalId</label>
      <input id="ExternalId" name="ExternalId" autocomplete="off" spellcheck="false" aria-describedby="trust">
      <p class="hint" id="trust">Only the principal, and only with this ExternalId, will be able to assume the role.</p>
    </fieldset>
    <section aria-labelledby="permissions">
      <h2 id="permissions">Permissions the role will have</h2>
      <p class="hint" id="source"></p>
      <div id="policies"></div>
    </section>
    <button>Create role</button>
  </form>
  <div role="status" id="result"></div>
  <div role="alert" id="problem"></div>
</main>
<script>${consoleScript}</script>
</body>
</html>`;
}
