/** A process with one piece of work of the kind that it is told, to be told to stop. */
import { once } from "node:events";
import { exitOnSignals, finishFirst, handBackLate, stopping } from "../../server/shutdown";

const [kind] = process.argv.slice(2);
const never = new Promise<never>(() => undefined);
const untilStopped = async () => {
  await once(stopping(), "abort");
  console.log("handed back by itself");
};

exitOnSignals(() => Promise.resolve(console.log("closed the pool")));
void finishFirst(kind === "obedient" ? untilStopped() : never);
handBackLate(() => (kind === "hopeless" ? never : Promise.resolve(console.log("handed back for it"))));
setInterval(() => undefined, 60_000); // as a server would, it keeps the process
console.log("ready");
