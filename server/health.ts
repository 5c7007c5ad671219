import { databaseAnswers } from "./db/client";

/** Whether this process can serve: it can as long as its database answers. */
export async function health(): Promise<{
  isHealthy: boolean;
  status: "ok" | "unavailable";
  database: "ok" | "unreachable";
}> {
  const answers = await databaseAnswers();
  return { isHealthy: answers, status: answers ? "ok" : "unavailable", database: answers ? "ok" : "unreachable" };
}
