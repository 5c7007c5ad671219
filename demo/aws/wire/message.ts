/** A request as it came over the wire; header names are lower case. */
export interface WireRequest {
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** What goes wrong on the way back: the connection is closed at once, or after half of the body. */
  breakage?: Breakage;
}

export type Breakage = "reset" | "truncate";
