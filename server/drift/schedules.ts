import type { RoomContext } from "../context";
import { notFound } from "../errors";
import type { ScheduleInput } from "./filter";
import type { ScheduleView } from "./views";

/** When an account's stacks are detected by themselves; OFF until somebody sets it. */
export function getSchedule(_ctx: RoomContext, _input: { accountId: string }): Promise<ScheduleView> {
  return Promise.reject(notFound("This account"));
}

export function setSchedule(_ctx: RoomContext, _input: ScheduleInput): Promise<ScheduleView> {
  return Promise.reject(notFound("This account"));
}
