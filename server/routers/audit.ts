import { auditInput } from "../audit/filter";
import { auditChoices, listEvents } from "../audit/service";
import { memberProcedure, router } from "../trpc";

export const auditRouter = router({
  list: memberProcedure.input(auditInput).query(({ ctx, input }) => listEvents(ctx, input)),
  choices: memberProcedure.query(({ ctx }) => auditChoices(ctx)),
});
