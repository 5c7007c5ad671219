import { test as base, expect, type Browser, type Page } from "@playwright/test";
import { demoAddresses, signIn, type DemoAddresses } from "./world";

interface Journey {
  demo: DemoAddresses;
  /** Nobody is signed in. */
  visitor: Page;
  /** The demo user, whose accounts are connected. */
  page: Page;
  /** The second user, of another tenant. */
  viewer: Page;
}

/** Playwright's test with the demo's world; it fails when a page logs an error, throws, or breaks its content policy. */
export const test = base.extend<Journey>({
  demo: async ({}, use) => use(demoAddresses()),
  visitor: async ({ browser, demo }, use) => withPage(browser, demo, use),
  page: async ({ browser, demo }, use) =>
    withPage(browser, demo, async (page) => {
      await signIn(page, "user_demo");
      await use(page);
    }),
  viewer: async ({ browser, demo }, use) =>
    withPage(browser, demo, async (page) => {
      await signIn(page, "user_viewer");
      await use(page);
    }),
});

export { expect };

async function withPage(browser: Browser, demo: DemoAddresses, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: demo.app });
  // Told by the page itself, so that the directive is named and none is missed.
  await context.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      console.error(`content policy: ${violatedDirective} refused ${blockedURI} (${sourceFile}:${lineNumber})`),
    ),
  );
  const page = await context.newPage();
  const complaints = watch(page);
  await use(page);
  await context.close();
  expect(complaints, "what the browser complained about").toEqual([]);
}

/** What a person would find in the browser's console, collected as it comes. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    // A refused content policy is logged as an error too.
    if (message.type() === "error" && !isRefusal(message.text(), message.location().url))
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}

/** A procedure that says no is an answer, and the browser logs it all the same; one that breaks is not. */
function isRefusal(text: string, url: string): boolean {
  return url.includes("/api/trpc/") && /status of 4\d\d/.test(text);
}
