import { costTruth, day, month, onScreen, unitsIn } from "./cost-truth";
import { expect, test } from "./journey";

/** By day, by calendar month, and across months. The day is the one on which AWS gave staging more than it spent. */
const asked = {
  day: { start: day(-9), end: day(-8) },
  month: month(-1),
  range: { start: day(-75), end: day(-3) },
};

for (const [name, days] of Object.entries(asked))
  test(`shows what every account cost, and all of them, as AWS sums it to the cent: a ${name}`, async ({
    page,
    demo,
  }) => {
    test.setTimeout(300_000);
    const { accounts } = await costTruth(demo.aws);
    expect(Object.keys(accounts)).toHaveLength(5);
    const expected = Object.entries(accounts).map(([account, told]) => ({ account, units: unitsIn(told, days) }));
    const everything = expected.reduce((total, { units }) => total + units, 0n);
    for (const { account, units } of [...expected, { account: null, units: everything }]) {
      const by = name === "range" ? "month" : "day";
      const query = new URLSearchParams({ ...days, by, ...(account && { account }) });
      await page.goto(`/cost?${query}`);
      await expect(page.getByRole("definition").first().locator("span").first()).toHaveText(onScreen(units));
      const table = page.getByRole("table", { name: "Costs by service" });
      await expect(table.getByRole("row", { name: /^Total/ })).toContainText(onScreen(units));
      const parts = await table.locator("tbody tr td:nth-of-type(1)").allInnerTexts();
      const cents = parts.map((text) => BigInt(text.replace("−", "-").replace(/[$,.]/g, "")));
      expect(onScreen(cents.reduce((total, each) => total + each, 0n) * 100_000_000n)).toBe(onScreen(units));
    }
  });

test("shows that the refund made its day cost less than nothing", async ({ page }) => {
  await page.goto(`/cost?${new URLSearchParams({ ...asked.day, account: "200000000002" })}`);
  await expect(page.getByRole("definition").first().locator("span").first()).toHaveText(/^−\$/);
});
