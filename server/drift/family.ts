/** Pure: which stack is nested in which. */

interface Kin {
  id: string;
  /** null for a root, and for one whose parent is not known. */
  parentId: string | null;
  /** Its own id where it is a root. */
  rootId: string;
}

/** What is nested in `stack`, depth first in the family's order; 1 is right below it. The family may hold others too. */
export function nestedIn<Stack extends Kin>(stack: Stack, family: Stack[]): { stack: Stack; depth: number }[] {
  const known = new Set(family.map(({ id }) => id));
  const below = (parentId: string, depth: number): { stack: Stack; depth: number }[] =>
    family
      .filter((one) => one.id !== parentId && parentOf(one, known) === parentId)
      .flatMap((one) => [{ stack: one, depth }, ...below(one.id, depth + 1)]);
  return below(stack.id, 1);
}

/** The stacks that `stack` is nested in, the root first. */
export function ancestorsOf<Stack extends Kin>(stack: Stack, family: Stack[]): Stack[] {
  const known = new Set(family.map(({ id }) => id));
  const parent = family.find(({ id }) => id !== stack.id && id === parentOf(stack, known));
  return parent ? [...ancestorsOf(parent, family), parent] : [];
}

/** A parent may be deleted and its nested stack retained: then the root is what is left above it. */
function parentOf({ parentId, rootId }: Kin, known: Set<string>): string {
  return parentId !== null && known.has(parentId) ? parentId : rootId;
}
