import type { Page } from "@playwright/test";

/** Twenty things that a person does on the resource list, one after the other. */
export async function act(page: Page): Promise<number> {
  const search = page.getByRole("searchbox");
  const table = page.getByRole("table", { name: "Resources" });
  const keys = (key: string) => () => page.keyboard.press(key);
  const sortBy = (name: string) => () => table.getByRole("button", { name, exact: true }).click();
  const actions: (() => Promise<unknown>)[] = [
    sortBy("Type"),
    sortBy("Region"),
    sortBy("Name"),
    keys("/"),
    ...[..."prod"].map((letter) => keys(letter)),
    keys("Escape"),
    () => page.getByRole("button", { name: "Type", exact: true }).last().click(),
    keys("ArrowDown"),
    keys("Enter"),
    keys("Escape"),
    () => page.getByRole("button", { name: "Columns" }).click(),
    () => page.getByRole("menuitemcheckbox", { name: "ARN" }).click(),
    keys("Escape"),
    () => search.blur().then(() => page.locator("h1").click()),
    keys("j"),
    keys("j"),
    keys("k"),
  ];
  for (const action of actions) {
    await action();
    // As long as a quick person needs between two.
    await page.waitForTimeout(350);
  }
  return actions.length;
}
