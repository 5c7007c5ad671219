/** The simulated AWS as a process of its own. Ends with whoever started it. */
import { detectionTime } from "./detection-time";
import { startSimulatedAws } from "./server";
import { demoWorld, sizedWorld } from "./world";

const {
  PORT = "0",
  AWS_SIM_SEED = "1",
  AWS_SIM_LATENCY_MS = "0",
  AWS_SIM_LIMITS = "1",
  AWS_SIM_SIZE,
  AWS_SIM_DETECTION_MS,
  AWS_SIM_FIRST_DAY,
  AWS_SIM_KEPT_IN,
} = process.env;
const size = AWS_SIM_SIZE ? (JSON.parse(AWS_SIM_SIZE) as Parameters<typeof sizedWorld>[0]) : null;
const firstDay = AWS_SIM_FIRST_DAY ? new Date(AWS_SIM_FIRST_DAY) : undefined;
const { url } = await startSimulatedAws({
  port: Number(PORT),
  world: () => (size ? sizedWorld(size) : demoWorld(Number(AWS_SIM_SEED), new Date(), firstDay)),
  limits: AWS_SIM_LIMITS === "off" ? "off" : Number(AWS_SIM_LIMITS),
  latencyMs: Number(AWS_SIM_LATENCY_MS),
  keptIn: AWS_SIM_KEPT_IN,
  ...(AWS_SIM_DETECTION_MS && { detectionMs: detectionTime(AWS_SIM_DETECTION_MS) }),
});
console.log(`Simulated AWS on ${url}`);
process.send?.({ url });
process.once("SIGTERM", () => process.exit(0));
process.once("SIGINT", () => process.exit(0));
process.once("disconnect", () => process.exit(0));
