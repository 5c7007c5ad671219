import { AwsError, type Ctx } from "../wire/sim";
import type { Region, SimulatedAccount, World } from "../world";

/** What clients need to be made at all; the simulation learns their protocols from them and never calls AWS. */
export const clientConfig = { region: "us-east-1", credentials: { accessKeyId: "x", secretAccessKey: "x" } };

/** Finds what a call is about: its caller's account, in its region. */
export class AccountPlace {
  constructor(private readonly world: () => World) {}

  account(ctx: Ctx): SimulatedAccount {
    const account = this.world().accounts.get(ctx.account);
    if (!account) throw new AwsError("InternalFailure", 500, `account ${ctx.account} is not simulated`);
    return account;
  }

  get current(): World {
    return this.world();
  }

  /** Of the world of the moment: what was derived from an older one is out of date. */
  get serial(): number {
    return this.world().serial;
  }

  region(ctx: Ctx): Region {
    const region = this.account(ctx).regions.get(ctx.region);
    if (!region) throw new AwsError("AuthFailure", 401, "AWS was not able to validate the provided access credentials");
    return region;
  }
}
