/** Pure: which address a request is served at. */

/**
 * The path and query of a request's target, such that the framework answers it as any other: it would answer 500 to what cannot be
 * decoded and to `*`, which every scanner of the network sends, and redirect a program that writes a slash too many. What cannot be
 * decoded is taken as it is written.
 * Source: https://www.rfc-editor.org/rfc/rfc9112#section-3.2 (a server takes an absolute target too)
 */
export function servedAddress(target: string): string {
  const [, path = "", query = ""] = /^([^?#]*)([^#]*)/.exec(withoutOrigin(target))!;
  const decodable = isDecodable(path) ? path : path.replaceAll("%", "%25");
  return (isOfPrograms.test(decodable) ? plain(decodable) : decodable) + query;
}

const isOfPrograms = /^\/+(api|health)(\/|$)/;

const withoutOrigin = (target: string) =>
  target.startsWith("/") ? target : target.replace(/^(https?:\/\/[^/?#]*|\*)/i, "").replace(/^(?!\/)/, "/");

const plain = (path: string) => path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
