/** Pure: amounts in words. They come as decimal strings and stay text; nothing here adds or rounds. */

/** "$1,234.50", "−$3.20"; "—" for what was not read. */
export function moneyText(amount: string | null): string {
  if (amount === null) return "—";
  const [, minus, whole, decimals] = /^(-?)(\d+)(\.\d+)?$/.exec(amount) ?? [];
  if (whole === undefined) return amount;
  return `${minus ? "−" : ""}$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${decimals ?? ""}`;
}

/** A difference: "+$12.40", "−$3.20", "$0.00". */
export function changeText(amount: string): string {
  return isNegative(amount) || isZero(amount) ? moneyText(amount) : `+${moneyText(amount)}`;
}

/** "+12.5%", "−3.0%"; null where no percentage makes sense. */
export function percentText(percent: number | null): string | null {
  if (percent === null) return null;
  const text = Math.abs(percent).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${text}%`;
}

/** A part's share of its total: "41.3%"; of one that is too small to show "<0.1%", as it is not nothing. */
export function shareText({ share, amount }: { share: number | null; amount: string | null }): string {
  if (share === null) return "—";
  if (share === 0 && amount !== null && !isZero(amount)) return "<0.1%";
  return `${share < 0 ? "−" : ""}${Math.abs(share).toFixed(1)}%`;
}

export const isNegative = (amount: string): boolean => amount.startsWith("-");
export const isZero = (amount: string): boolean => /^-?0+(\.0+)?$/.test(amount);

/** How long to draw an amount. A length on the screen, never a part of a sum. */
export const drawn = (amount: string | null): number | null => (amount === null ? null : Number(amount));

const axis = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A tick of an axis: "$1.2K". */
export const tickText = (value: number): string => `${value < 0 ? "−" : ""}$${axis.format(Math.abs(value))}`;
