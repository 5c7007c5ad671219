/** Pure: where a name of many words may break: after a colon, and before a capital that begins a word. Joined, the parts are the name. */
export function nameParts(name: string): string[] {
  return name.match(/[A-Z]*[^A-Z:]*:*/g)?.filter((part) => part !== "") ?? [];
}
