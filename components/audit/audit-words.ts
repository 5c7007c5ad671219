/** Pure: what was done, in words. */

const words: Record<string, string> = {
  "accounts.begin": "Began to connect",
  "accounts.connect": "Connected",
  "accounts.connectWithExternalId": "Connected",
  "accounts.check": "Checked the role of",
  "accounts.update": "Changed",
  "accounts.pause": "Paused",
  "accounts.resume": "Resumed",
  "accounts.disconnect": "Disconnected",
  "resources.sync": "Synced",
  "resources.cancelSync": "Cancelled the sync of",
  "resources.export": "Exported",
  "drift.trigger": "Detected drift of",
  "drift.triggerMany": "Detected drift of",
  "drift.recheckUnknown": "Rechecked what is unknown of",
  "drift.cancel": "Cancelled the detection of",
  "drift.export": "Exported the detection of",
  "drift.ignoreRules.create": "Made an ignore rule",
  "drift.ignoreRules.remove": "Removed the ignore rule",
  "drift.schedule.set": "Set the drift schedule of",
  "cost.refresh": "Asked for newer costs of",
  "cost.setCap": "Set the cost cap of",
  "cost.dismiss": "Put aside the anomaly of",
  "cost.restore": "Took up again the anomaly of",
  "cost.export": "Exported",
  "cost.budgets.create": "Made the budget",
  "cost.budgets.update": "Changed the budget",
  "cost.budgets.remove": "Removed the budget",
};

/** "Connected". An action that has no words yet is told by its own: `drift.triggerAll` becomes "Drift: trigger all". */
export function actionWords(action: string): string {
  const known = words[action];
  if (known) return known;
  const [room = "", name = ""] = action.split(".");
  const spaced = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${room.charAt(0).toUpperCase()}${room.slice(1)}: ${spaced}`;
}

/** `region eu-west-1 · syncs 4`: what else is known, without what was left empty. */
export function detailWords(detail: Record<string, string | number | boolean | null | string[]>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([key, value]) => `${spacedWords(key)} ${Array.isArray(value) ? value.join(", ") : readable(value)}`)
    .join(" · ");
}

const spacedWords = (key: string) => key.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const readable = (value: string | number | boolean | null) =>
  typeof value === "number" ? value.toLocaleString("en-US") : value === true ? "yes" : value === false ? "no" : value;
