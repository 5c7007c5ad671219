/** One of several server processes: spends as often as it is told, all at once, and says how often it was let. */
import { disconnect } from "../../server/db/client";
import { spend, type Spender } from "../../server/rate-limit";

const { times, spender } = JSON.parse(process.argv[2] ?? "{}") as { times: number; spender: Spender };
const drawn = await Promise.all(Array.from({ length: times }, () => spend("costly", spender)));
process.send?.(drawn.filter(({ isExceeded }) => !isExceeded).length);
await disconnect();
process.disconnect();
