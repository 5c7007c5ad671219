/** The row was taken over, cancelled or deleted while its work went on: nothing of that work may be written any more. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}
